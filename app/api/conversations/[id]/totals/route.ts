import { requireRight } from "@/lib/auth/session"
import { conversationNotFound, totalsOf } from "@/lib/chat/conversations"
import { type IdContext, idIn, route } from "@/lib/http/route"

/** `ConversationTotals`: tokens and cost of all answers. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  const id = await idIn(context, conversationNotFound)
  return Response.json(await totalsOf(user.id, id))
})
