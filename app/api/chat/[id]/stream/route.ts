import { z } from "zod"
import { requireUser } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { idSchema } from "@/lib/chat/types"
import { findConversation } from "@/lib/db/conversations"
import { followConversation } from "@/lib/generation/attach"
import { isId, readQuery, route } from "@/lib/http/route"

/** `after`: the last event number that was seen. `message`: the answer that was being read. */
const query = z.object({ after: z.coerce.number().int().min(-1).default(-1), message: idSchema.optional() })

/** Follows the running answer of a conversation; 204 when nothing runs. */
export const GET = route<{ params: Promise<{ id: string }> }>(async (request, { params }) => {
  const user = await requireUser(request)
  const { id } = await params
  const { after, message } = readQuery(request, query)
  if (!isId(id) || !(await findConversation(id, user.id))) throw conversationNotFound()
  const stream = await followConversation(user.id, id, { after, messageId: message, signal: request.signal })
  return stream ?? new Response(null, { status: 204 })
})
