import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { claimRequestSchema } from "@/lib/chat/requests"
import { claimCall } from "@/lib/generation/calls/page-calls"
import { type IdContext, idIn, readJson, route } from "@/lib/http/route"

/** Lets the requesting page run a call that waits for a page, for the next fifteen seconds. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:ask")
  const id = await idIn(context, conversationNotFound)
  return Response.json(await claimCall(user, id, await readJson(request, claimRequestSchema, { maxBytes: 1_000 })))
})
