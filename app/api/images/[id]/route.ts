import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { openObject } from "@/lib/files/files"
import { linkTo } from "@/lib/files/links"
import { encodedName } from "@/lib/http/disposition"
import { AppError } from "@/lib/http/errors"
import { rangeOf } from "@/lib/http/ranges"
import { type IdContext, idOf, readQuery, route } from "@/lib/http/route"
import { sizedImage } from "@/lib/images/sized"
import { IMAGE_SIZES } from "@/lib/images/types"
import { ownerOfSharedImage } from "@/lib/share/access"
import { readerOf } from "@/lib/share/reader"

const notFound = () => new AppError("image:not_found")

const sizes = IMAGE_SIZES.map(String)
const querySchema = z.looseObject({ share: z.string().optional(), size: z.enum(sizes).transform(Number).optional() })

/**
 * The bytes of an own image, or a piece of them; with `?size=` at most about that large; with `?share=` of one that a live
 * share shows.
 */
export const GET = route<IdContext>(async (request, { params }) => {
  const id = idOf((await params).id)
  const { share: token, size: asked } = readQuery(request, querySchema)
  const owner =
    id &&
    (token === undefined
      ? (await requireRight(request, "file:read")).id
      : await ownerOfSharedImage(token, id, await readerOf(request.headers)))
  const size = IMAGE_SIZES.find((one) => one === asked) ?? null
  const image = id && owner ? await sizedImage(owner, id, size) : null
  if (!id || !image) throw notFound()
  const { row, mediaType, objectKey } = image
  // What it was called may have been blacked out of the share.
  const described = headersOf({ name: token ? "image" : row.name, mediaType })
  // Of a share always through this process: a link would still open when the share is revoked.
  const linked = token === undefined ? await linkTo(request, objectKey, described) : null
  if (linked) return linked
  const whole = await openObject(objectKey)
  if (!whole) throw notFound()
  // What is kept under an id never changes. Not the key of its bytes: that would tell whether, and since when, others have them.
  const etag = image.size === row.size ? `"${id}"` : `"${id}-${size}"`
  // A revoked share must stop showing its pictures.
  const kept = { etag, "cache-control": token ? "private, no-cache" : "private, max-age=31536000, immutable" }
  if (request.headers.get("if-none-match") === etag) return without(whole.body, 304, kept)
  const range = rangeOf(request.headers, whole.size, etag)
  if (range === "unsatisfiable") return without(whole.body, 416, { ...kept, "content-range": `bytes */${whole.size}` })
  const headers = { ...kept, ...described, "accept-ranges": "bytes" }
  if (!range) return new Response(whole.body, { headers: { ...headers, "content-length": String(whole.size) } })
  await whole.body.cancel()
  const piece = await openObject(objectKey, range)
  if (!piece) throw notFound()
  const { start, end } = range
  return new Response(piece.body, {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(end - start + 1),
      "content-range": `bytes ${start}-${end}/${whole.size}`,
    },
  })
})

async function without(body: ReadableStream, status: number, headers: Record<string, string>): Promise<Response> {
  await body.cancel()
  return new Response(null, { status, headers })
}

interface Described {
  name: string
  mediaType: string
}

const headersOf = ({ name, mediaType }: Described) => ({
  "content-type": mediaType,
  "content-disposition": `inline; filename*=UTF-8''${encodeName({ name, mediaType })}`,
  "content-security-policy": "default-src 'none'; sandbox",
  "x-content-type-options": "nosniff",
})

const ENDINGS: Record<string, string> = { "image/png": "png", "image/webp": "webp" }

/** The name may say what the file was before it was taken in; its ending says what it is. */
function encodeName({ name, mediaType }: Described): string {
  const stem = name.replace(/\.[^.]{1,5}$/, "") || "image"
  return encodedName(`${stem}.${ENDINGS[mediaType] ?? "jpg"}`)
}
