import { requireRight } from "@/lib/auth/session"
import { route } from "@/lib/http/route"
import { listLiveShares } from "@/lib/share/shares"

/** `{shares}`: all of the person's working links, newest first. */
export const GET = route(async (request) => {
  const user = await requireRight(request, "share:list")
  return Response.json({ shares: await listLiveShares(user.id) })
})
