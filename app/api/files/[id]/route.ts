import { requireRight } from "@/lib/auth/session"
import { openFile } from "@/lib/files/files"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** A file that a tool wrote, to be downloaded: never shown by the browser, whatever is in it. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const notFound = () => new AppError("file:not_found")
  const id = await idIn(context, notFound)
  const file = await openFile(user.id, id)
  if (!file) throw notFound()
  const { row, size, body } = file
  if (row.kind !== "output") {
    await body.cancel()
    throw notFound()
  }
  const name = encodeURIComponent(row.name.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return new Response(body, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(size),
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=31536000, immutable",
    },
  })
})
