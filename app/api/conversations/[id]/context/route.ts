import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { contextOf } from "@/lib/generation/history"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"

const query = z.strictObject({ model: z.string().min(1).max(300).optional() })

/** How full a model's context window is (the conversation's model, or the given one), and what is left out. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  const id = await idIn(context, conversationNotFound)
  return Response.json(await contextOf(user.id, id, readQuery(request, query).model))
})
