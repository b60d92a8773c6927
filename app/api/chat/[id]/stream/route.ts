import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { findConversation } from "@/lib/db/conversations"
import { followConversation } from "@/lib/generation/attach"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { idSchema } from "@/lib/ids"
import { COMPARED } from "@/lib/limits"

/** `{id}:{after},{id}:{after}…` */
const places = z
  .string()
  .max(400)
  .transform((value) =>
    value.split(",").map((place) => {
      const [messageId = "", seen] = place.split(":")
      return { messageId, after: Number(seen) }
    }),
  )
  .pipe(z.array(z.object({ messageId: idSchema, after: z.number().int().min(-1) })).max(COMPARED.most + 1))

/**
 * `after`: the number of the last event seen. `message`: the answer that was being read. `answers`: compared answers,
 * each with its number, all in one stream.
 */
const query = z.object({
  after: z.coerce.number().int().min(-1).default(-1),
  message: idSchema.optional(),
  answers: places.optional(),
})

/** Follows the running answer of a conversation; 204 if nothing is running. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  const id = await idIn(context, conversationNotFound)
  const { after, message, answers } = readQuery(request, query)
  if (!(await findConversation(id, user.id))) throw conversationNotFound()
  const reader = { signal: request.signal, language: languageOf(request.headers), named: answers !== undefined }
  const stream = await followConversation(user.id, id, answers ?? [{ messageId: message, after }], reader)
  return stream ?? new Response(null, { status: 204 })
})
