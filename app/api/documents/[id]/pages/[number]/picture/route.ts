import { documentNotFound } from "@/lib/documents/store/documents"
import { pagePicture, sideOf } from "@/lib/documents/store/pictures"
import { route } from "@/lib/http/route"
import { shownDocument } from "@/lib/share/documents"

interface Context {
  params: Promise<{ id: string; number: string }>
}

/** A page as a JPEG; `?size=` is 320, 800, or 1600 pixels on the long side. */
export const GET = route<Context>(async (request, context) => {
  const { owner, info, isShown, shared } = await shownDocument(request, context)
  const number = Number((await context.params).number)
  const side = sideOf(new URL(request.url).searchParams.get("size"))
  const etag = `"${info.id}-${number}-${side}"`
  // A revoked share must stop showing its pages.
  const kept = { etag, "cache-control": shared ? "private, no-cache" : "private, max-age=31536000, immutable" }
  if (!Number.isInteger(number) || side === null || !isShown(number)) throw documentNotFound()
  if (request.headers.get("if-none-match") === etag) return new Response(null, { status: 304, headers: kept })
  const picture = await pagePicture(owner, info.id, number, side)
  if (!picture) throw documentNotFound()
  return new Response(picture.body, {
    headers: {
      ...kept,
      "content-type": "image/jpeg",
      "content-length": String(picture.size),
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    },
  })
})
