import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { steerRequestSchema, unsteerRequestSchema } from "@/lib/chat/requests"
import { config } from "@/lib/config"
import { steerAnswer, unsteerAnswer } from "@/lib/generation/steer"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/**
 * Gives the model a message before the next step of its answer. `over`: there is no next step, so it becomes the next
 * message.
 */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  const maxBytes = config().limits.messageChars * 4 + 10_000
  const said = await readJson(request, steerRequestSchema, { maxBytes })
  return Response.json({ state: await steerAnswer(user, id, said) }, { status: 202 })
})

/** Withdraws it. `given`: the model already has it. */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  const said = await readJson(request, unsteerRequestSchema, { maxBytes: 1_000 })
  return Response.json({ state: await unsteerAnswer(user, id, said) })
})
