import { requireRight } from "@/lib/auth/session"
import type { FileRow } from "@/lib/db/files"
import { openFile } from "@/lib/files/files"
import { AppError } from "@/lib/http/errors"
import { rangeOf } from "@/lib/http/ranges"
import { type IdContext, idOf, route } from "@/lib/http/route"
import { ownerOfSharedImage } from "@/lib/share/access"
import { readerOf } from "@/lib/share/reader"

const notFound = () => new AppError("image:not_found")

/** The bytes of an own image, or a piece of them; with `?share=` of one that a live share shows. */
export const GET = route<IdContext>(async (request, { params }) => {
  const id = idOf((await params).id)
  const token = new URL(request.url).searchParams.get("share")
  const owner =
    id &&
    (token === null
      ? (await requireRight(request, "file:read")).id
      : await ownerOfSharedImage(token, id, await readerOf(request.headers)))
  const file = id && owner ? await openFile(owner, id) : null
  if (file && file.row.kind !== "image") await file.body.cancel()
  if (!id || !owner || file?.row.kind !== "image") throw notFound()
  const { row, size, body } = file
  // What is kept under an id never changes. Not the key of its bytes: that would tell whether, and since when, others have them.
  const etag = `"${id}"`
  // A revoked share must stop showing its pictures.
  const kept = { etag, "cache-control": token ? "private, no-cache" : "private, max-age=31536000, immutable" }
  if (request.headers.get("if-none-match") === etag) return without(body, 304, kept)
  const range = rangeOf(request.headers, size, etag)
  if (range === "unsatisfiable") return without(body, 416, { ...kept, "content-range": `bytes */${size}` })
  // What it was called may have been blacked out of the share.
  const headers = { ...kept, ...headersOf(token ? { ...row, name: "image" } : row), "accept-ranges": "bytes" }
  if (!range) return new Response(body, { headers: { ...headers, "content-length": String(size) } })
  await body.cancel()
  const piece = await openFile(owner, id, range)
  if (!piece) throw notFound()
  const { start, end } = range
  return new Response(piece.body, {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(end - start + 1),
      "content-range": `bytes ${start}-${end}/${size}`,
    },
  })
})

async function without(body: ReadableStream, status: number, headers: Record<string, string>): Promise<Response> {
  await body.cancel()
  return new Response(null, { status, headers })
}

const headersOf = (row: FileRow) => ({
  "content-type": row.mediaType,
  "content-disposition": `inline; filename*=UTF-8''${encodeName(row)}`,
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
})

/** RFC 8187. The name may say what the file was before it was taken in; its ending says what it is. */
function encodeName({ name, mediaType }: FileRow): string {
  const stem = name.replace(/\.[^.]{1,5}$/, "") || "image"
  const full = `${stem.toWellFormed()}.${mediaType === "image/png" ? "png" : "jpg"}`
  return encodeURIComponent(full).replace(/['()*!]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
}
