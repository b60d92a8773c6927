import { requireUser } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { findConversation } from "@/lib/db/conversations"
import { stopConversation } from "@/lib/generation/stop"
import { isId, route } from "@/lib/http/route"

/** Stops the running answer; what came of it stays. `{stopped: false}` when nothing ran. */
export const POST = route<{ params: Promise<{ id: string }> }>(async (request, { params }) => {
  const user = await requireUser(request)
  const { id } = await params
  if (!isId(id) || !(await findConversation(id, user.id))) throw conversationNotFound()
  return Response.json({ stopped: await stopConversation(user.id, id) })
})
