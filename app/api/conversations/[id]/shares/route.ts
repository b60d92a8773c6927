import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import { conversationNotFound } from "@/lib/chat/conversations"
import { type IdContext, idIn, readJsonIfAny, readQuery, route } from "@/lib/http/route"
import { idSchema } from "@/lib/ids"
import { newShareSchema } from "@/lib/share/requests"
import { createShare, listShares } from "@/lib/share/shares"

const MAX_BYTES = 500_000

export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  return Response.json({ shares: await listShares(user.id, await idIn(context, conversationNotFound)) })
})

/** `?message=`: the last message of the snapshot. */
const query = z.strictObject({ message: idSchema.optional() })

/**
 * Creates a link to a snapshot of the conversation as it is now, or of its branch up to a message. The body is
 * optional.
 */
export const POST = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:share")
  const id = await idIn(context, conversationNotFound)
  const { message } = readQuery(request, query)
  const asked = await readJsonIfAny(request, newShareSchema, { maxBytes: MAX_BYTES })
  return Response.json({ share: await createShare(user.id, id, { ...asked, message }) }, { status: 201 })
})
