/** A user's conversations: listing, opening, renaming, deleting, choosing a branch. Every query includes the owner. */
import { addUsage } from "@/lib/ai/accounting"
import type { ConversationSummary, ConversationTotals } from "@/lib/chat/conversation.types"
import { purgeMessages } from "@/lib/chat/removal"
import { choicesOn, choiceTimestamp, chosenLeafUnder, comparedWith, pathTo } from "@/lib/chat/tree"
import { cut } from "@/lib/cut"
import { db } from "@/lib/db/client"
import { findConversation, purgeConversations, updateConversation } from "@/lib/db/conversations"
import { purgeFolders } from "@/lib/db/folders"
import type { ListedRow } from "@/lib/db/listing"
import { chooseMessages, emptyFailures, spendingOf, treeOf } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"
import { type ChatSettings, tokenUsageSchema } from "@/lib/messages/types"

/** Days during which a deleted conversation can be restored. */
const KEPT_DAYS = 30
export const MAX_TITLE = 200

export const conversationNotFound = () => new AppError("conversation:not_found")

export function toSummary(row: ListedRow, running: boolean): ConversationSummary {
  return {
    id: row.id,
    title: row.title,
    model: row.model,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    running,
    unseen: row.unseen,
    pinned: row.pinnedAt !== null,
    archived: row.archivedAt !== null,
    folderId: row.folderId,
    tags: row.tags.map(({ name }) => name),
  }
}

/** Renames a conversation. Throws `conversation:not_found`, `request:invalid` for an empty name. */
export async function renameConversation(userId: string, id: string, title: string): Promise<void> {
  const name = cut(title.replace(/\s+/g, " ").trim(), MAX_TITLE)
  if (!name) throw new AppError("request:invalid/name")
  if (!(await updateConversation(id, userId, { title: name, titleSource: "user" }))) throw conversationNotFound()
}

/** Notes that the user is looking at the conversation. */
export async function markSeen(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { unseen: false }))) throw conversationNotFound()
}

/** Stores the settings for the next question. */
export async function keepSettings(userId: string, id: string, settings: ChatSettings): Promise<void> {
  if (!(await updateConversation(id, userId, { settings }))) throw conversationNotFound()
}

/** Soft-deletes: it can be restored for 30 days. */
export async function deleteConversation(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { deletedAt: new Date() }))) throw conversationNotFound()
}

export async function restoreConversation(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { deletedAt: null }))) throw conversationNotFound()
}

/** Shows the branch of `messageId`, down to the leaf that was last read there. */
export async function selectBranch(userId: string, id: string, messageId: string): Promise<void> {
  const row = await findConversation(id, userId)
  if (!row) throw conversationNotFound()
  const [rows, empty] = await Promise.all([treeOf(id), emptyFailures(id)])
  if (!rows.some((message) => message.id === messageId)) throw new AppError("message:not_found")
  const worthReading = rows.filter((message) => !empty.has(message.id))
  // Shows an answer that failed before its first word only if there is no other.
  const leaf = chosenLeafUnder(rows, chosenLeafUnder(worthReading, messageId))
  await chooseMessages(db(), choicesOn(rows, messageId), choiceTimestamp(rows))
  await updateConversation(id, userId, { activeLeafId: leaf })
}

/** Usage and cost of all answers of a conversation, including other branches but not deleted messages. */
export async function totalsOf(userId: string, id: string): Promise<ConversationTotals> {
  const conversation = await findConversation(id, userId)
  if (!conversation) throw conversationNotFound()
  const [rows, tree, empty] = await Promise.all([spendingOf(id), treeOf(id), emptyFailures(id)])
  const path = pathTo(tree, conversation.activeLeafId)
  const shown = new Set([...path, ...comparedWith(tree, path.at(-1))].map((message) => message.id))
  const totals: ConversationTotals = {
    ...{ answers: 0, hidden: 0, uncounted: 0 },
    ...{ usage: { input: 0, output: 0 }, costUsd: 0, unpriced: 0 },
  }
  for (const row of rows) {
    if (row.status === "streaming" || empty.has(row.id)) continue
    totals.answers++
    if (!shown.has(row.id)) totals.hidden++
    const usage = tokenUsageSchema.safeParse(row.usage)
    // The cost of an answer would reveal its hidden model.
    if (!usage.success || row.blind) {
      totals.uncounted++
      continue
    }
    totals.usage = addUsage(totals.usage, usage.data)
    totals.costUsd += row.costUsd ?? 0
    totals.unpriced += row.costUsd === null ? 1 : 0
  }
  return totals
}

/** Milliseconds after which an unfinished copy is abandoned: its server has stopped. */
const COPY_MS = 60 * 60 * 1_000

/**
 * Permanently removes anything deleted more than 30 days ago, and abandoned copies. Returns how many conversations and
 * messages.
 */
export async function purgeDeleted(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1_000)
  await purgeFolders(before)
  return (await purgeConversations(before, new Date(now.getTime() - COPY_MS))) + (await purgeMessages(before))
}
