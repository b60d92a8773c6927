import { requireRight } from "@/lib/auth/session"
import { documentNotFound } from "@/lib/documents/store/documents"
import { openFile } from "@/lib/files/files"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** The file as it was uploaded: to be saved, never shown here. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "file:read")
  const file = await openFile(user.id, await idIn(context, documentNotFound))
  if (file?.row.kind !== "document") {
    await file?.body.cancel()
    throw documentNotFound()
  }
  const name = encodeURIComponent(file.row.name.toWellFormed()).replace(
    /['()*!]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return new Response(file.body, {
    headers: {
      "content-type": "application/octet-stream",
      "content-length": String(file.size),
      "content-disposition": `attachment; filename*=UTF-8''${name}`,
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "cache-control": "private, max-age=31536000, immutable",
    },
  })
})
