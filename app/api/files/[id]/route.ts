import { requireRight } from "@/lib/auth/session"
import { fileOf, openObject } from "@/lib/files/files"
import { linkTo } from "@/lib/files/links"
import { downloadHeaders } from "@/lib/http/disposition"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** A file that a tool wrote, as a download: never displayed by the browser, whatever its content. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const notFound = () => new AppError("file:not_found")
  const id = await idIn(context, notFound)
  const row = await fileOf(user.id, id, "output")
  if (!row) throw notFound()
  const linked = await linkTo(request, row.objectKey, downloadHeaders(row.name, row.size))
  if (linked) return linked
  const stored = await openObject(row.objectKey)
  if (!stored) throw notFound()
  return new Response(stored.body, { headers: downloadHeaders(row.name, stored.size) })
})
