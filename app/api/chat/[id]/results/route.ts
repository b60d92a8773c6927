import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { resultRequestSchema } from "@/lib/chat/requests"
import { takeResult } from "@/lib/generation/calls/page-calls"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/** Stores the result of a call that a page ran or that the person answered. `waiting`: calls that are still pending. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  const result = await readJson(request, resultRequestSchema, { maxBytes: 2_000_000 })
  return Response.json(await takeResult(user, id, result), { status: 202 })
})
