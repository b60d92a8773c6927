/** Which conversations used which version of a saved schema. */
import { db } from "@/lib/db/client"

/** Maximum number of conversations listed. */
const MAX_SHOWN = 200

/**
 * Notes that a question of the conversation uses this version. Does nothing if the schema or the conversation belongs
 * to someone else, or the version doesn't exist.
 */
export async function recordVersionUse(
  userId: string,
  conversationId: string,
  { id: schemaId, version }: { id: string; version: number },
): Promise<void> {
  const [known, chat] = await Promise.all([
    db().outputSchemaVersion.count({ where: { schemaId, version, schema: { userId } } }),
    db().conversation.count({ where: { id: conversationId, userId } }),
  ])
  if (known === 0 || chat === 0) return
  const key = { schemaId, conversationId, version }
  await db().outputSchemaUse.upsert({
    where: { schemaId_conversationId_version: key },
    create: key,
    update: { usedAt: new Date() },
  })
}

/** The user's conversations that used it, latest first, at most 200; without deleted and temporary ones. */
export const usesOf = (schemaId: string, userId: string) =>
  db().outputSchemaUse.findMany({
    where: {
      schemaId,
      schema: { userId, deletedAt: null },
      conversation: { userId, deletedAt: null, temporary: false },
    },
    select: { version: true, usedAt: true, conversation: { select: { id: true, title: true } } },
    orderBy: [{ usedAt: "desc" }, { conversationId: "desc" }],
    take: MAX_SHOWN,
  })
