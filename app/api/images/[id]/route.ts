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
 * The bytes of one's own image, or a range of them; with `?size=`, scaled to about that size; with `?share=`, of an
 * image in a live share.
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
  // The file name may have been redacted in the share.
  const described = headersOf({ name: token ? "image" : row.name, mediaType })
  // Shared images always go through this process: a signed link would still work after the share is revoked.
  const linked = token === undefined ? await linkTo(request, objectKey, described) : null
  if (linked) return linked
  const whole = await openObject(objectKey)
  if (!whole) throw notFound()
  // The content of an id never changes. Doesn't use the key of the bytes, which would reveal whether, and since when,
  // others have the same content.
  const etag = image.size === row.size ? `"${id}"` : `"${id}-${size}"`
  // A revoked share must stop showing its images.
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

/** The name may have the extension of the original format; the extension here is that of the stored format. */
function encodeName({ name, mediaType }: Described): string {
  const stem = name.replace(/\.[^.]{1,5}$/, "") || "image"
  return encodedName(`${stem}.${ENDINGS[mediaType] ?? "jpg"}`)
}
