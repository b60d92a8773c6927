import { z } from "zod"
import { preferredForm } from "@/lib/http/accept"
import { AppError } from "@/lib/http/errors"
import { readQuery, route, type TokenContext } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { noteView, openShare } from "@/lib/share/open"
import { readerOf, siteOrigin } from "@/lib/share/reader"
import { shareAsJson, shareAsMarkdown } from "@/lib/share/written"

const query = z.object({ as: z.enum(["json", "md"]).optional() })

/** What a link shows, as JSON or Markdown. The page's own address serves the same if requested (`proxy.ts`). */
export const GET = route<TokenContext>(async (request, { params }) => {
  // After a rewrite, the URL is still that of the page: only the headers that `proxy.ts` checked tell the format.
  const { as = preferredForm(request.headers.get("accept")) } = readQuery(request, query)
  const language = languageOf(request.headers)
  const opened = await openShare((await params).token, await readerOf(request.headers), language)
  if (opened.state === "locked") throw new AppError("share:passcode/needed")
  if (opened.state === "none") throw new AppError("share:not_found")
  const { share } = opened
  await noteView(share, request.headers, request.method)
  const origin = siteOrigin(request.headers)
  const headers = {
    ...{ "cache-control": "private, no-store", vary: "Accept, Accept-Language, Cookie" },
    ...(share.listed && !share.guarded ? {} : { "x-robots-tag": "noindex, nofollow, noarchive" }),
  }
  if (as !== "md") return Response.json(shareAsJson(share, origin), { headers })
  const body = shareAsMarkdown(share, { language, origin })
  return new Response(body, { headers: { ...headers, "content-type": "text/markdown; charset=utf-8" } })
})
