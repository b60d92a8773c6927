import { ownSessions } from "@/lib/accounts/own"
import { endSessions } from "@/lib/auth/ending"
import { requireSession } from "@/lib/auth/session"
import { route } from "@/lib/http/route"

/** Where one is signed in. */
export const GET = route(async (request) =>
  Response.json({ sessions: await ownSessions(await requireSession(request, "account:change")) }),
)

/** Ends all sessions but the one that asks, at once. */
export const DELETE = route(async (request) => {
  const { id, user } = await requireSession(request, "account:change")
  return Response.json({ count: await endSessions(user.id, id) })
})
