import { requireUser } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { continueRequestSchema } from "@/lib/chat/requests"
import { continueAnswer } from "@/lib/generation/continue"
import { isId, readJson, route } from "@/lib/http/route"

/** Goes on with an answer that has broken off; what comes is on the conversation's stream. */
export const POST = route<{ params: Promise<{ id: string }> }>(async (request, { params }) => {
  const user = await requireUser(request)
  const { id } = await params
  if (!isId(id)) throw conversationNotFound()
  await continueAnswer(user, id, await readJson(request, continueRequestSchema, { maxBytes: 1_000 }))
  return new Response(null, { status: 202 })
})
