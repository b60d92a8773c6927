import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"
import { previewShare } from "@/lib/share/shares"

/** `message`: where the snapshot would end; `share`: the link that it would be of. */
const query = z.strictObject({ message: idSchema.optional(), share: idSchema.optional() })

/** `SharePreview`: all that could be shared of the conversation, before anything is. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  const id = await idIn(context, conversationNotFound)
  return Response.json(await previewShare(user.id, id, readQuery(request, query)))
})
