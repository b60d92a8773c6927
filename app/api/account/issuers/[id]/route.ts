import { disconnect } from "@/lib/accounts/own"
import { requireSession } from "@/lib/auth/session"
import { AppError } from "@/lib/http/errors"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** Disconnects an issuer from one's account, unless it is the only way to sign in. */
export const DELETE = route<IdContext>(async (request, context) => {
  const session = await requireSession(request, "account:change")
  await disconnect(session, await idIn(context, () => new AppError("account:not_found/sign_in")))
  return new Response(null, { status: 204 })
})
