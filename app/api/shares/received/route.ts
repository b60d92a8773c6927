import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { receivedShares } from "@/lib/share/people"

/** `{shares}`: links that others here have shared with the person, newest first. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "share:received")
  return Response.json({ shares: await receivedShares(user.id) })
})
