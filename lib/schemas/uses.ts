import { recordVersionUse } from "@/lib/db/schemas/uses"
import { logFault } from "@/lib/log"
import type { OutputRequest } from "@/lib/messages/types"

/**
 * Records which saved schema a question of the conversation uses, if any. Never throws, because it must not delay an
 * answer.
 */
export async function recordSchemaUse(userId: string, conversationId: string, output?: OutputRequest): Promise<void> {
  if (output?.type !== "json_schema" || !output.stored) return
  await recordVersionUse(userId, conversationId, output.stored).catch((error: unknown) =>
    logFault("saving schema usage", error),
  )
}
