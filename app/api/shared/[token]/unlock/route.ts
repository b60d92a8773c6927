import { isForm, readFormOrJson } from "@/lib/http/form"
import { route, type TokenContext } from "@/lib/http/route"
import { redirectToSharePage } from "@/lib/share/form-answer"
import { readerOf } from "@/lib/share/reader"
import { unlockSchema } from "@/lib/share/requests"
import { unlockShare } from "@/lib/share/unlock"

/** Unlocks a link in this browser with its passcode. A form returns to the page, which shows the result. */
export const POST = route<TokenContext>(async (request, { params }) => {
  const { token } = await params
  const unlock = async (): Promise<Record<string, string>> => {
    const { passcode } = await readFormOrJson(request, unlockSchema, { maxBytes: 4_000 })
    const cookie = await unlockShare(token, passcode, {
      ...(await readerOf(request.headers)),
      headers: request.headers,
    })
    return cookie === null ? {} : { "set-cookie": cookie }
  }
  if (isForm(request)) return redirectToSharePage(token, unlock, "passcode")
  return new Response(null, { status: 204, headers: await unlock() })
})
