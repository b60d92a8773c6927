import { noSessionCookie } from "@/lib/accounts/enter"
import { endSession } from "@/lib/auth/ending"
import { sessionOfRequest } from "@/lib/auth/session"
import { route } from "@/lib/http/route"

/** Ends this browser's session. Does nothing if there is none. */
export const POST = route(async (request) => {
  const session = await sessionOfRequest(request)
  if (session) await endSession(session.id, session.user.id)
  return new Response(null, { status: 204, headers: { "set-cookie": noSessionCookie() } })
})
