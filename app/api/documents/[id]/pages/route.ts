import { z } from "zod"
import { findPages } from "@/lib/db/documents/documents"
import { type IdContext, readQuery, route } from "@/lib/http/route"
import { shownDocument } from "@/lib/share/documents"

const MAX_PAGES = 50
const number = z.coerce.number().int().min(1).max(10_000)
const querySchema = z.object({ from: number, to: number, share: z.string().optional() }).strict()

/** The text of pages with word positions, up to 50 pages per request. */
export const GET = route<IdContext>(async (request, context) => {
  const { owner, info, isShown } = await shownDocument(request, context)
  const { from, to } = readQuery(request, querySchema)
  const last = Math.min(to, from + MAX_PAGES - 1)
  const pages = await findPages(info.id, owner, { from, to: last, boxes: true })
  return Response.json({
    pages: pages.filter((page) => isShown(page.number)).map(({ documentId: _, ...page }) => page),
  })
})
