import { resendVerification } from "@/lib/accounts/passwords"
import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"

/** Emails the link that confirms one's address again. */
export const POST = route(async (request) => {
  await resendVerification(request, (await requireRight(request, "account:change")).id)
  return new Response(null, { status: 202 })
})
