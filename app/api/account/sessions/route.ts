import { ownSessions } from "@/lib/accounts/own"
import { endSessions } from "@/lib/auth/ending"
import { requireSession } from "@/lib/auth/session"
import { route } from "@/lib/http/route"

/** One's own sessions. */
export const GET = route(async (request) =>
  Response.json({ sessions: await ownSessions(await requireSession(request, "account:change")) }),
)

/** Ends all sessions except the current one immediately. */
export const DELETE = route(async (request) => {
  const { id, user } = await requireSession(request, "account:change")
  return Response.json({ count: await endSessions(user.id, id) })
})
