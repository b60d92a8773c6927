/** Which conversations asked for which version of a kept schema. */
import { db } from "@/lib/db/client"

/** Characters of an id are the same everywhere: no more than these are shown. */
const MOST_SHOWN = 200

/**
 * Notes that a question of the conversation asks for this version. Nothing happens where the schema or the conversation is
 * somebody else's, or the version isn't there.
 */
export async function noteUse(
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

/** The person's conversations that asked for it, the latest first, at most 200; no deleted and no temporary ones. */
export const usesOf = (schemaId: string, userId: string) =>
  db().outputSchemaUse.findMany({
    where: {
      schemaId,
      schema: { userId, deletedAt: null },
      conversation: { userId, deletedAt: null, temporary: false },
    },
    select: { version: true, usedAt: true, conversation: { select: { id: true, title: true } } },
    orderBy: [{ usedAt: "desc" }, { conversationId: "desc" }],
    take: MOST_SHOWN,
  })
