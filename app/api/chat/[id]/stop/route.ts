import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { findConversation } from "@/lib/db/conversations"
import { stopConversation } from "@/lib/generation/stop"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"

/** `message`: which compared answer to stop; all if omitted. */
const query = z.object({ message: idSchema.optional() })

/** Stops the running answer and keeps its content. `{stopped: false}` if nothing is running. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:stop")
  const id = await idIn(context, conversationNotFound)
  const { message } = readQuery(request, query)
  if (!(await findConversation(id, user.id))) throw conversationNotFound()
  return Response.json({ stopped: await stopConversation(user.id, id, message) })
})
