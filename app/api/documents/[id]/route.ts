import { type IdContext, route } from "@/lib/http/route"
import { shownDocument } from "@/lib/share/documents"

/** A document's metadata; with `?share=`, of a document in a live share, limited to its shown pages. */
export const GET = route<IdContext>(async (request, context) => {
  const { info } = await shownDocument(request, context)
  return Response.json(info)
})
