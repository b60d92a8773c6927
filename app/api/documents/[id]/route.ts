import { type IdContext, route } from "@/lib/http/route"
import { shownDocument } from "@/lib/share/documents"

/** What is known of a document; with `?share=` of one that a live share opens, and of its shown pages only. */
export const GET = route<IdContext>(async (request, context) => {
  const { info } = await shownDocument(request, context)
  return Response.json(info)
})
