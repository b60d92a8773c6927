import { isForm, readFormOrJson } from "@/lib/http/form"
import { route, type TokenContext } from "@/lib/http/route"
import { redirectToSharePage } from "@/lib/share/form-answer"
import { readerOf } from "@/lib/share/reader"
import { reportShare } from "@/lib/share/reports"
import { reportSchema } from "@/lib/share/requests"

/** Reports a share to the operator. A form returns to the page, which shows the result. */
export const POST = route<TokenContext>(async (request, { params }) => {
  const { token } = await params
  const report = async () => {
    const { reason } = await readFormOrJson(request, reportSchema, { maxBytes: 20_000 })
    await reportShare(token, reason, { ...(await readerOf(request.headers)), headers: request.headers })
    return {}
  }
  if (isForm(request)) return redirectToSharePage(token, report, "report")
  await report()
  return new Response(null, { status: 204 })
})
