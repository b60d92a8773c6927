import { noteUse } from "@/lib/db/schemas/uses"
import { logFault } from "@/lib/log"
import type { OutputRequest } from "@/lib/messages/types"

/** Notes which kept schema a question of the conversation asks for, if any. Never throws: it holds up no answer. */
export async function noteSchemaUse(userId: string, conversationId: string, output?: OutputRequest): Promise<void> {
  if (output?.type !== "json_schema" || !output.stored) return
  await noteUse(userId, conversationId, output.stored).catch((error: unknown) => logFault("use of a schema", error))
}
