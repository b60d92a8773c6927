import { requireRight } from "@/lib/auth/session"
import { documentNotFound } from "@/lib/documents/store/documents"
import { fileOf, openObject } from "@/lib/files/files"
import { linkTo } from "@/lib/files/links"
import { downloadHeaders } from "@/lib/http/disposition"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** The original file as a download, never displayed by the browser. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const row = await fileOf(user.id, await idIn(context, documentNotFound), "document")
  if (!row) throw documentNotFound()
  const linked = await linkTo(request, row.objectKey, downloadHeaders(row.name, row.size))
  if (linked) return linked
  const stored = await openObject(row.objectKey)
  if (!stored) throw documentNotFound()
  return new Response(stored.body, { headers: downloadHeaders(row.name, stored.size) })
})
