import { AppError } from "@/lib/http/errors"
import { route, type TokenContext } from "@/lib/http/route"
import { NOBODY } from "@/lib/share/access"
import { openShare } from "@/lib/share/open"
import { pictureOf } from "@/lib/share/picture/picture"
import { firstWords } from "@/lib/share/written"

/** A link's preview picture for messengers: only for links that anyone can open. */
export const GET = route<TokenContext>(async (_request, { params }) => {
  const opened = await openShare((await params).token, NOBODY)
  if (opened.state !== "open" || opened.share.guarded) throw new AppError("share:not_found")
  const { share } = opened
  const picture = await pictureOf(`${share.id} ${share.createdAt} ${share.title}`, {
    title: share.title,
    words: firstWords(share),
  })
  return new Response(new Uint8Array(picture), {
    headers: {
      "content-type": "image/png",
      "content-length": String(picture.length),
      // A revoked link must stop showing it.
      "cache-control": "private, no-cache",
      "x-robots-tag": "noindex",
      "content-security-policy": "default-src 'none'; sandbox",
    },
  })
})
