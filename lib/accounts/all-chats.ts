/** All chats of a person at once. A few hundred at a time, so that ten thousand hold up nobody. */
import { setImmediate as turn } from "node:timers/promises"
import { tellAll } from "@/lib/chat/news/news"
import { db } from "@/lib/db/client"
import { deletedTogether, pageOf, placeConversations } from "@/lib/db/listing"
import { stopConversations } from "@/lib/generation/stop"

const AT_ONCE = 500

/**
 * Deletes them softly, those in the archive too, and ends their answers; temporary ones stay with their pages. What was
 * deleted together has `deletedAt` in common, by which it can be brought back.
 */
export async function deleteAllChats(userId: string): Promise<{ count: number; deletedAt: string }> {
  const deletedAt = new Date()
  let count = 0
  for (;;) {
    const ids = (await pageOf(userId, { of: "all" }, { limit: AT_ONCE })).map(({ id }) => id)
    await stopConversations(userId, ids)
    const deleted = ids.length > 0 ? await placeConversations(db(), ids, userId, { deletedAt }) : 0
    if (deleted === 0) return { count, deletedAt: deletedAt.toISOString() }
    count += deleted
    await tellAll(userId, ids)
    await turn()
  }
}

/** Brings back what was deleted together at that moment. Returns how many. */
export async function restoreAllChats(userId: string, deletedAt: Date): Promise<number> {
  let count = 0
  for (;;) {
    const ids = await deletedTogether(userId, deletedAt, AT_ONCE)
    if (ids.length === 0) return count
    count += await placeConversations(db(), ids, userId, { deletedAt: null })
    await tellAll(userId, ids)
    await turn()
  }
}
