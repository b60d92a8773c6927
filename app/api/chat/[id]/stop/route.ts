import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { findConversation } from "@/lib/db/conversations"
import { stopConversation } from "@/lib/generation/stop"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"

/** `message`: the one to stop of answers that are compared; all when left out. */
const query = z.object({ message: idSchema.optional() })

/** Stops the running answer; what came of it stays. `{stopped: false}` when nothing ran. */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:stop")
  const id = await idIn(context, conversationNotFound)
  const { message } = readQuery(request, query)
  if (!(await findConversation(id, user.id))) throw conversationNotFound()
  return Response.json({ stopped: await stopConversation(user.id, id, message) })
})
