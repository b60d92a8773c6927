import { requireRight } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idOf, route } from "@/lib/http/route"
import { readImage, type StoredImage } from "@/lib/images/images"
import { ownerOfSharedImage } from "@/lib/share/shares"

/** The bytes of an own image, or with `?share=` of one that a live share shows. */
export const GET = route<IdContext>(async (request, { params }) => {
  const id = idOf((await params).id)
  const token = new URL(request.url).searchParams.get("share")
  const image = id ? await find(request, id, token) : null
  if (!image) throw new AppError("image:not_found")
  const { row, data } = image
  const etag = `"${row.sha256}"`
  const headers = {
    "content-type": row.mediaType,
    "content-length": String(data.length),
    "content-disposition": `inline; filename*=UTF-8''${encodeName(row)}`,
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    // A revoked share must stop showing its pictures; an own image never changes.
    "cache-control": token ? "private, no-cache" : "private, max-age=31536000, immutable",
    etag,
  }
  if (request.headers.get("if-none-match") === etag)
    return new Response(null, { status: 304, headers: { etag, "cache-control": headers["cache-control"] } })
  return new Response(new Uint8Array(data), { headers })
})

/** RFC 8187. The name may say what the file was before it was taken in; its ending says what it is. */
function encodeName({ name, mediaType }: StoredImage["row"]): string {
  const stem = name.replace(/\.[^.]{1,5}$/, "") || "image"
  const full = `${stem.toWellFormed()}.${mediaType === "image/png" ? "png" : "jpg"}`
  return encodeURIComponent(full).replace(/['()*!]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}

async function find(request: Request, id: string, token: string | null): Promise<StoredImage | null> {
  const owner = token === null ? (await requireRight(request, "file:read")).id : await ownerOfSharedImage(token, id)
  return owner === null ? null : readImage(owner, id)
}
