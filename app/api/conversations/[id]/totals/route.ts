import { requireUser } from "@/lib/auth/session"
import { conversationNotFound, totalsOf } from "@/lib/chat/conversations"
import { isId, route } from "@/lib/http/route"

/** `ConversationTotals`: tokens and money of all answers. */
export const GET = route<{ params: Promise<{ id: string }> }>(async (request, { params }) => {
  const user = await requireUser(request)
  const { id } = await params
  if (!isId(id)) throw conversationNotFound()
  return Response.json(await totalsOf(user.id, id))
})
