/** What happens to a person's conversations, told to all their open pages. */
import { toSummary } from "@/lib/chat/conversations"
import type { ConversationEvent } from "@/lib/chat/types"
import { findConversation } from "@/lib/db/conversations"
import { runningGeneration } from "@/lib/db/generations"
import { logFault } from "@/lib/log"
import { singleton } from "@/lib/singleton"

type Listener = (event: ConversationEvent) => void

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
  settings?: ConversationEvent["settings"],
): Promise<void> {
  if (!listeners().has(userId)) return
  try {
    const [row, running] = await Promise.all([findConversation(id, userId), runningGeneration(id, userId)])
    // It is in no list, and its one page follows it already.
    if (row?.temporary) return
    const event: ConversationEvent = { id, conversation: row && toSummary(row, running !== null), answer, settings }
    for (const listener of listeners().get(userId) ?? []) listener(event)
  } catch (error) {
    logFault(`news of conversation ${id}`, error)
  }
}
