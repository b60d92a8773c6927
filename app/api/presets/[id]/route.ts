import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { changePreset, presetNotFound, removePreset } from "@/lib/presets/presets"
import { presetChangeSchema } from "@/lib/presets/types"

const MAX_BYTES = 400_000

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "preset:change")
  const id = await idIn(context, presetNotFound)
  await changePreset(user.id, id, await readJson(request, presetChangeSchema, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204 })
})

export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "preset:change")
  await removePreset(user.id, await idIn(context, presetNotFound))
  return new Response(null, { status: 204 })
})
