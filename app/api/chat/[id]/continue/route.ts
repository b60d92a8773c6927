import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { continueRequestSchema } from "@/lib/chat/requests"
import { continueAnswer } from "@/lib/generation/continue"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/** Continues an incomplete answer; the continuation is on the conversation's stream. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  await continueAnswer(user, id, await readJson(request, continueRequestSchema, { maxBytes: 1_000 }))
  return new Response(null, { status: 202 })
})
