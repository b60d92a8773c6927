import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { CHAT_FORMATS, exportChat } from "@/lib/export/export"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"

const asked = z.object({ as: z.enum(CHAT_FORMATS).default("md") })

/** One chat as a file: `?as=md`, `html`, `json`, or `zip`. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  const id = await idIn(context, conversationNotFound)
  return exportChat(user.id, id, readQuery(request, asked).as, languageOf(request.headers))
})
