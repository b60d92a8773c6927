import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { retryRequestSchema } from "@/lib/chat/requests"
import { retryCall } from "@/lib/generation/calls/retry"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/**
 * Runs a failed call again; the continuation is on the conversation's stream. `waiting`: calls that wait for the
 * person.
 */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  const asked = await readJson(request, retryRequestSchema, { maxBytes: 1_000 })
  return Response.json(await retryCall(user, id, asked), { status: 202 })
})
