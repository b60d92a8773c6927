import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, readJsonIfAny, route } from "@/lib/http/route"
import { finalizeUpload } from "@/lib/intake/uploads"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"

const takeSchema = z.strictObject({ pages: z.literal("all"), password: z.string().max(1_000) }).partial()
const MAX_BYTES = 10_000

/** Adds a completed upload: as an image, a document, or text. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const id = await idIn(context, () => new AppError("upload:not_found"))
  const asked = await readJsonIfAny(request, takeSchema, { maxBytes: MAX_BYTES })
  return Response.json(await finalizeUpload(user.id, id, asked, { mostBytes: await storageLimit(user) }))
})
