import { z } from "zod"
import { requireRight } from "@/lib/auth/session"
import {
  conversationNotFound,
  deleteConversation,
  keepSettings,
  markSeen,
  renameConversation,
  restoreConversation,
  selectBranch,
} from "@/lib/chat/conversations"
import { editValues } from "@/lib/chat/edited-values"
import { changeConversations } from "@/lib/chat/list/list"
import { placeChangeSchema } from "@/lib/chat/list/list-requests"
import { tell } from "@/lib/chat/news/news"
import { setDeleted } from "@/lib/chat/removal"
import { verdictRequestSchema, viewPieceSchema } from "@/lib/chat/requests"
import { holdTemporary, makeConversationPermanent, removeTemporary } from "@/lib/chat/temporary"
import { decideChange } from "@/lib/generation/change"
import { keepAnswer } from "@/lib/generation/compare"
import { stopConversation } from "@/lib/generation/stop"
import { judgeAnswers, reopenAnswers } from "@/lib/generation/verdict"
import { viewInLanguage } from "@/lib/generation/view"
import { type IdContext, idIn, readJson, readQuery, route } from "@/lib/http/route"
import { languageOf } from "@/lib/i18n/language"
import { idSchema } from "@/lib/ids"
import { MAX_SYSTEM_PROMPT } from "@/lib/limits"
import { valueEditsSchema } from "@/lib/messages/edits.types"
import { settingsSchema } from "@/lib/messages/types"
import { notifyReadersOf } from "@/lib/share/people"

/**
 * One change at a time: the title, restoring a deleted conversation, the current branch, the compared answer to use, a
 * verdict, undoing the choice of an answer, a message to delete or restore, accepting or rejecting a changed part,
 * edited values of JSON, marking it as read, its place in the list, its tags, settings, that a page still holds it
 * (temporary ones), or keeping a temporary one.
 */
const patch = z.union([
  z.strictObject({ title: z.string().max(1_000) }),
  z.strictObject({ deleted: z.literal(false) }),
  z.strictObject({ activeLeafId: idSchema }),
  z.strictObject({ kept: idSchema }),
  z.strictObject({ message: idSchema, deleted: z.boolean() }),
  z.strictObject({ changed: idSchema, taken: z.boolean() }),
  z.strictObject({ edited: idSchema, values: valueEditsSchema }),
  z.strictObject({ verdict: verdictRequestSchema }),
  z.strictObject({ reopened: idSchema }),
  z.strictObject({ unseen: z.literal(false) }),
  z.strictObject({ pinned: z.boolean() }),
  z.strictObject({ archived: z.boolean() }),
  z.strictObject({ settings: settingsSchema }),
  z.strictObject({ held: z.literal(true) }),
  z.strictObject({ temporary: z.literal(false) }),
  placeChangeSchema,
])
/** Changes that affect what a conversation shows. */
const SHOWN = ["title", "activeLeafId", "kept", "verdict", "reopened", "changed", "edited", "deleted"]
/** A character takes at most 12 bytes as an escaped surrogate pair; the rest of the body is small. */
const MAX_BYTES = MAX_SYSTEM_PROMPT * 12 + 10_000

async function view(request: Request, userId: string, id: string): Promise<Response> {
  const found = await viewInLanguage(languageOf(request.headers), userId, id, readQuery(request, viewPieceSchema))
  if (!found) throw conversationNotFound()
  return Response.json(found)
}

/** The current branch, or the part of it in the query. */
export const GET = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:read")
  return view(request, user.id, await idIn(context, conversationNotFound))
})

/**
 * Responds with the `ConversationView` after the change, or the part of it in the query; with nothing if the change
 * doesn't affect it.
 */
export const PATCH = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:change")
  const id = await idIn(context, conversationNotFound)
  const change = await readJson(request, patch, { maxBytes: MAX_BYTES })
  if ("held" in change) {
    if (!(await holdTemporary(user.id, id))) throw conversationNotFound()
    return new Response(null, { status: 204 })
  }
  if ("title" in change) await renameConversation(user.id, id, change.title)
  else if ("activeLeafId" in change) await selectBranch(user.id, id, change.activeLeafId)
  else if ("kept" in change) await keepAnswer(user.id, id, change.kept)
  else if ("message" in change) await setDeleted(user.id, id, change)
  else if ("changed" in change) await decideChange(user.id, id, change.changed, change.taken)
  else if ("edited" in change) await editValues(user.id, id, change.edited, change.values)
  else if ("verdict" in change) await judgeAnswers(user.id, id, change.verdict)
  else if ("reopened" in change) await reopenAnswers(user.id, id, change.reopened)
  else if ("deleted" in change) await restoreConversation(user.id, id)
  else if ("settings" in change) await keepSettings(user.id, id, change.settings)
  else if ("temporary" in change) await makeConversationPermanent(user.id, id)
  else if ("unseen" in change) await markSeen(user.id, id)
  else await changeConversations(user.id, [id], change)
  await tell(user.id, id, undefined, {
    settings: "settings" in change ? change.settings : undefined,
    kept: "kept" in change ? change.kept : undefined,
    message: "message" in change ? { id: change.message, deleted: change.deleted } : undefined,
    changed: "changed" in change ? change.changed : "edited" in change ? change.edited : undefined,
    compared: "verdict" in change || "reopened" in change ? true : undefined,
  })
  if (!SHOWN.some((what) => what in change)) return new Response(null, { status: 204 })
  return view(request, user.id, id)
})

/**
 * Soft-deletes: `PATCH {deleted: false}` restores it within 30 days. A temporary conversation is deleted permanently.
 */
export const DELETE = route<IdContext>(async (request, context) => {
  const user = await requireRight(request, "conversation:delete")
  const id = await idIn(context, conversationNotFound)
  await stopConversation(user.id, id)
  if (await removeTemporary(user.id, id)) return new Response(null, { status: 204 })
  await deleteConversation(user.id, id)
  await tell(user.id, id)
  await notifyReadersOf(id)
  return new Response(null, { status: 204 })
})
