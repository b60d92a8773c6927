import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { type IdContext, idIn, route } from "@/lib/http/route"
import { createShare, listShares } from "@/lib/share/shares"

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  return Response.json({ shares: await listShares(user.id, await idIn(context, conversationNotFound)) })
})

/** Makes a link to a snapshot of the conversation as it is now. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  return Response.json(
    { share: await createShare(user.id, await idIn(context, conversationNotFound)) },
    { status: 201 },
  )
})
