import { requireUser } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { isId, route } from "@/lib/http/route"
import { createShare, listShares } from "@/lib/share/shares"

type Context = { params: Promise<{ id: string }> }

async function idOf({ params }: Context): Promise<string> {
  const { id } = await params
  if (!isId(id)) throw conversationNotFound()
  return id
}

export const GET = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  return Response.json({ shares: await listShares(user.id, await idOf(context)) })
})

/** Makes a link to a snapshot of the conversation as it is now. */
export const POST = route<Context>(async (request, context) => {
  const user = await requireUser(request)
  return Response.json({ share: await createShare(user.id, await idOf(context)) }, { status: 201 })
})
