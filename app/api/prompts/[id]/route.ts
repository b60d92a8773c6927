import { requireRight } from "@/lib/auth/session"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"
import { changePrompt, promptNotFound, removePrompt } from "@/lib/presets/prompts"
import { promptChangeSchema } from "@/lib/presets/types"

const MAX_BYTES = 400_000

export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "prompt:change")
  const id = await idIn(context, promptNotFound)
  await changePrompt(user.id, id, await readJson(request, promptChangeSchema, { maxBytes: MAX_BYTES }))
  return new Response(null, { status: 204 })
})

export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "prompt:change")
  await removePrompt(user.id, await idIn(context, promptNotFound))
  return new Response(null, { status: 204 })
})
