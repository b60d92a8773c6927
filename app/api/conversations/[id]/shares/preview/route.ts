import { z } from "zod"
import { modelNames } from "@/app/share/[token]/model-names"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { type IdContext, idIn, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { idSchema } from "@/lib/ids"
import { previewShare } from "@/lib/share/shares"
import type { SharePreview } from "@/lib/share/types"

/** `message`: the last message of the snapshot; `share`: the link to compare with. */
const query = z.strictObject({ message: idSchema.optional(), share: idSchema.optional() })

/** `SharePreview`: everything in the conversation that can be shared, before anything is. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  const id = await idIn(context, conversationNotFound)
  const preview = await previewShare(user.id, id, readQuery(request, query))
  const names = await modelNames(languageOf(request.headers), [...preview.messages, ...(preview.shared ?? [])])
  return Response.json({ ...preview, names } satisfies SharePreview)
})
