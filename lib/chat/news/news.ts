/** What happens to a person's conversations, told to all their open pages. */

import type { ConversationEvent, ListEvent } from "@/lib/chat/conversation.types"
import { toSummary } from "@/lib/chat/conversations"
import { runningConversations, runningGenerations } from "@/lib/db/generations"
import { findListed, listedByIds } from "@/lib/db/listing"
import { logFault } from "@/lib/log"
import { singleton } from "@/lib/singleton"

type Listener = (event: ListEvent) => void

const listeners = () => singleton("news", () => new Map<string, Set<Listener>>())

/** Hears of everything that happens to this user's conversations from now on. Returns how to leave. */
export function subscribe(userId: string, listener: Listener): () => void {
  const own = listeners().get(userId) ?? new Set()
  listeners().set(userId, own.add(listener))
  return () => {
    own.delete(listener)
    if (own.size === 0) listeners().delete(userId)
  }
}

/**
 * Tells the open pages how a conversation stands now, and what else there is to say of it. Reads nothing while nobody
 * listens; never throws.
 */
export async function tell(
  userId: string,
  id: string,
  answer?: ConversationEvent["answer"],
  more: Pick<ConversationEvent, "settings" | "kept"> = {},
): Promise<void> {
  if (!listeners().has(userId)) return
  try {
    const [row, running] = await Promise.all([findListed(id, userId), runningGenerations(id, userId)])
    // It is in no list, and its one page follows it already.
    if (row?.temporary) return
    const event: ConversationEvent = { id, conversation: row && toSummary(row, running.length > 0), answer, ...more }
    send(userId, event)
  } catch (error) {
    logFault(`news of conversation ${id}`, error)
  }
}

/** Tells the open pages how many conversations stand after one change of all of them. Never throws. */
export async function tellAll(userId: string, ids: string[]): Promise<void> {
  if (!listeners().has(userId)) return
  try {
    const [rows, running] = await Promise.all([listedByIds(ids, userId), runningConversations(userId)])
    const known = new Map(rows.map((row) => [row.id, toSummary(row, running.has(row.id))]))
    send(userId, { changes: ids.map((id) => ({ id, conversation: known.get(id) ?? null })) })
  } catch (error) {
    logFault(`news of ${ids.length} conversations`, error)
  }
}

/** Tells the open pages that folders were made, named or deleted: they ask what is there now. */
export function tellOutline(userId: string): void {
  send(userId, { outline: true })
}

/** Tells all open pages that other models answer now: they ask which. */
export function tellModels(): void {
  for (const userId of listeners().keys()) send(userId, { models: true })
}

function send(userId: string, event: ListEvent): void {
  for (const listener of listeners().get(userId) ?? []) listener(event)
}
