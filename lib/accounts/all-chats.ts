/** Operations on all of a user's chats. In batches of a few hundred, so that ten thousand chats block nobody. */
import { setImmediate as turn } from "node:timers/promises"
import { tellAll } from "@/lib/chat/news/news"
import { db } from "@/lib/db/client"
import { deletedTogether, pageOf, placeConversations } from "@/lib/db/listing"
import { stopConversations } from "@/lib/generation/stop"

const AT_ONCE = 500

/**
 * Soft-deletes them, including archived ones, and stops their answers; temporary ones stay with their pages. All get
 * the same `deletedAt`, by which they can be restored.
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

/** Restores the chats that were deleted together at that time. Returns how many. */
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
