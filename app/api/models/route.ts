import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { setImageSupport } from "@/lib/chat/model-image-support"
import { readJson, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { modelIdSchema } from "@/lib/messages/types"
import { offeredModels } from "@/lib/quota/offers"

const MAX_BYTES = 4_000
const changeSchema = z.strictObject({ model: modelIdSchema, images: z.boolean().nullable() })

/** Maximum ids of unlisted models per request. */
const MAX_NAMED = 50

/** All models that the person can use; with `?with={id}` (repeatable), also models that aren't in any list. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "model:list")
  const named = new URL(request.url).searchParams.getAll("with").slice(0, MAX_NAMED)
  return Response.json(await offeredModels(user, { shown: named }, languageOf(request.headers)))
})

export const PATCH = route(async (request) => {
  const user = await requireRight(request, "model:describe")
  const { model, images } = await readJson(request, changeSchema, { maxBytes: MAX_BYTES })
  await setImageSupport(user.id, model, images)
  return new Response(null, { status: 204 })
})
