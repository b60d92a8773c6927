import { AppError } from "@/lib/http/errors"
import { route, type TokenContext } from "@/lib/http/route"
import { accessTo } from "@/lib/share/access"
import { readerOf } from "@/lib/share/reader"

/** `{version}` while the reader has access: polled by open pages. */
export const GET = route<TokenContext>(async (request, { params }) => {
  const access = await accessTo((await params).token, await readerOf(request.headers))
  if (access.state !== "open") throw new AppError("share:not_found")
  const { updatedAt, createdAt } = access.share
  return Response.json({ version: (updatedAt ?? createdAt).toISOString() })
})
