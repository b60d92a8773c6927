import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { approvalRequestSchema } from "@/lib/chat/requests"
import { answerApproval } from "@/lib/generation/calls/approvals"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/**
 * Approves or denies a pending call; the continuation is on the conversation's stream. `waiting`: calls that are still
 * pending.
 */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  const said = await readJson(request, approvalRequestSchema, { maxBytes: 10_000 })
  return Response.json(await answerApproval(user, id, said), { status: 202 })
})
