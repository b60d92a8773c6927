import { requireUser } from "@/lib/auth/session"
import { listConversations } from "@/lib/chat/conversations"
import { route } from "@/lib/http/route"

export const GET = route(async (request) => {
  const user = await requireUser(request)
  return Response.json({ conversations: await listConversations(user.id) })
})
