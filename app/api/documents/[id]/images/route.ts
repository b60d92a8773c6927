import { requireRight } from "@/lib/auth/session"
import { documentNotFound } from "@/lib/documents/store/documents"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { addDocumentPictures } from "@/lib/intake/document-pictures"
import { requireFeature } from "@/lib/quota/offers"
import { storageLimit } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

/** Adds the images inside one's own office file or book as images: `{images, left}`. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:add")
  await requireFeature("uploads")
  const id = await idIn(context, documentNotFound)
  await consumeRateLimit(user.id, "uploads")
  const added = await addDocumentPictures(user.id, id, { mostBytes: await storageLimit(user) })
  return Response.json(added, { status: 201 })
})
