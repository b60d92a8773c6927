/** Keeps the whole of a result of which the model gets a part. */
import type { KeepWhole } from "@/lib/ai/tools/whole"
import { StorageFull } from "@/lib/db/files"
import { userOf } from "@/lib/db/people/users"
import { addOutput } from "@/lib/files/outputs"
import { logFault } from "@/lib/log"
import { storageLimit } from "@/lib/quota/quotas"

/** Bytes of a result that is kept. */
const MOST_BYTES = 50_000_000

/** As a file of this person's, which goes with the conversation. A full store, or a fault, costs the whole and never the part. */
export const keepWholeOf =
  ({ userId, conversationId }: { userId: string; conversationId: string }): KeepWhole =>
  async ({ name, text }) => {
    const bytes = Buffer.from(text)
    if (bytes.length > MOST_BYTES) return null
    try {
      const user = await userOf(userId)
      if (!user) return null
      return await addOutput({ userId, conversationId, name, bytes, mostBytes: await storageLimit(user) })
    } catch (error) {
      if (!(error instanceof StorageFull)) logFault("the whole of a tool's result", error)
      return null
    }
  }
