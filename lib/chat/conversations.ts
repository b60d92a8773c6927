/** A person's conversations: list, open, name, delete, choose a branch. The owner is part of every question. */
import { addUsage } from "@/lib/ai/accounting"
import type { ConversationSummary, ConversationTotals } from "@/lib/chat/conversation.types"
import { purgeMessages } from "@/lib/chat/removal"
import { choicesOn, chosenLeafUnder, comparedWith, momentOfChoice, pathTo } from "@/lib/chat/tree"
import { cut } from "@/lib/cut"
import { db } from "@/lib/db/client"
import { findConversation, purgeConversations, updateConversation } from "@/lib/db/conversations"
import { purgeFolders } from "@/lib/db/folders"
import type { ListedRow } from "@/lib/db/listing"
import { chooseMessages, emptyFailures, spendingOf, treeOf } from "@/lib/db/messages"
import { AppError } from "@/lib/http/errors"
import { type ChatSettings, tokenUsageSchema } from "@/lib/messages/types"

/** Days that a deleted conversation can be brought back. */
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

/** Names a conversation. Throws `conversation:not_found`, `request:invalid` for an empty name. */
export async function renameConversation(userId: string, id: string, title: string): Promise<void> {
  const name = cut(title.replace(/\s+/g, " ").trim(), MAX_TITLE)
  if (!name) throw new AppError("request:invalid/name")
  if (!(await updateConversation(id, userId, { title: name, titleSource: "user" }))) throw conversationNotFound()
}

/** The person has the conversation before their eyes. */
export async function markSeen(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { unseen: false }))) throw conversationNotFound()
}

/** Keeps the settings for the next question. */
export async function keepSettings(userId: string, id: string, settings: ChatSettings): Promise<void> {
  if (!(await updateConversation(id, userId, { settings }))) throw conversationNotFound()
}

/** Deletes softly: it can be brought back for 30 days. */
export async function deleteConversation(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { deletedAt: new Date() }))) throw conversationNotFound()
}

export async function restoreConversation(userId: string, id: string): Promise<void> {
  if (!(await updateConversation(id, userId, { deletedAt: null }))) throw conversationNotFound()
}

/** Shows the branch of `messageId`, down to the leaf that was read there last. */
export async function selectBranch(userId: string, id: string, messageId: string): Promise<void> {
  const row = await findConversation(id, userId)
  if (!row) throw conversationNotFound()
  const [rows, empty] = await Promise.all([treeOf(id), emptyFailures(id)])
  if (!rows.some((message) => message.id === messageId)) throw new AppError("message:not_found")
  const worthReading = rows.filter((message) => !empty.has(message.id))
  // An answer that failed before its first word shows where there is no other.
  const leaf = chosenLeafUnder(rows, chosenLeafUnder(worthReading, messageId))
  await chooseMessages(db(), choicesOn(rows, messageId), momentOfChoice(rows))
  await updateConversation(id, userId, { activeLeafId: leaf })
}

/** What all answers of a conversation used and cost, those of other branches too; deleted ones are left out. */
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
    // What one costs whose model is not told yet would tell it.
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

/** Milliseconds after which nobody is making a copy any more: the server that was ended meanwhile. */
const COPY_MS = 60 * 60 * 1_000

/** Removes for good what was deleted more than 30 days ago, and copies that broke off. Returns how many conversations and messages. */
export async function purgeDeleted(now = new Date()): Promise<number> {
  const before = new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1_000)
  await purgeFolders(before)
  return (await purgeConversations(before, new Date(now.getTime() - COPY_MS))) + (await purgeMessages(before))
}
