import { requireActor } from "@/lib/admin/actor"
import { audienceSchema, setModelAudience } from "@/lib/admin/settings"
import { readJson, route } from "@/lib/http/route"

const MAX_BYTES = 2_000

/** `{model, audience}`: who can use a model; null: the default audience. */
export const PATCH = route(async (request) => {
  const actor = await requireActor(request, "admin:models")
  const { model, audience } = await readJson(request, audienceSchema, { maxBytes: MAX_BYTES })
  await setModelAudience(actor, model, audience)
  return new Response(null, { status: 204 })
})
