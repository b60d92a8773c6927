/** Stores the full result when the model gets only part of it. */
import type { StoreFullResult } from "@/lib/ai/tools/whole"
import { StorageFull } from "@/lib/db/files"
import { userOf } from "@/lib/db/people/users"
import { addOutput } from "@/lib/files/outputs"
import { logFault } from "@/lib/log"
import { storageLimit } from "@/lib/quota/quotas"

/** Largest result that is stored, in bytes. */
const MAX_BYTES = 50_000_000

/**
 * Stored as a file of this user and deleted with the conversation. If storage is full or fails, only the full result is
 * lost, never the part.
 */
export const createFullResultStore =
  ({ userId, conversationId }: { userId: string; conversationId: string }): StoreFullResult =>
  async ({ name, text }) => {
    const bytes = Buffer.from(text)
    if (bytes.length > MAX_BYTES) return null
    try {
      const user = await userOf(userId)
      if (!user) return null
      return await addOutput({ userId, conversationId, name, bytes, mostBytes: await storageLimit(user) })
    } catch (error) {
      if (!(error instanceof StorageFull)) logFault("storing a tool's full result", error)
      return null
    }
  }
