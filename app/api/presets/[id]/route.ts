import { requireUser } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { isId, readJson, route } from "@/lib/http/route"
import { changePreset, removePreset } from "@/lib/presets/presets"
import { presetChangeSchema } from "@/lib/presets/types"

type Context = { params: Promise<{ id: string }> }

const MAX_BYTES = 400_000

async function idOf({ params }: Context): Promise<string> {
  const { id } = await params
  if (!isId(id)) throw new AppError("preset:not_found", "This preset does not exist any more.")
  return id
}

export const PATCH = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  const id = await idOf(context)
  await changePreset(user.id, id, await readJson(request, presetChangeSchema, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204 })
})

export const DELETE = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  await removePreset(user.id, await idOf(context))
  return new Response(null, { status: 204 })
})
