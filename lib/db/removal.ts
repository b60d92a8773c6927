/** Messages that are deleted one by one: their rows stay where they are until they are purged, so that they can come back. */
import { db, raw } from "@/lib/db/client"
import type { Statement } from "@/lib/db/raw"

interface Removal {
  conversationId: string
  messageId: string
  /** Where the shown branch ended, and where it ends then. */
  leaf: { is: string | null; then: string | null }
}

/** Deletes a message. Fails (`isMissingRow`) while an answer is being written, or when the branch ends elsewhere. */
export const storeRemoval = ({ conversationId, messageId, leaf }: Removal): Promise<void> =>
  raw().transact([
    {
      sql: `UPDATE "Conversation" SET "activeLeafId" = ? WHERE "id" = ? AND "running" = 0
        AND "activeLeafId" IS NOT DISTINCT FROM ?`,
      values: [leaf.then, conversationId, leaf.is],
      must: true,
    },
    deletedAt(conversationId, messageId, new Date()),
  ])

/** Brings a message back. Fails (`isMissingRow`) while an answer is being written. */
export const storeReturn = (conversationId: string, messageId: string): Promise<void> =>
  raw().transact([
    {
      sql: `UPDATE "Conversation" SET "running" = 0 WHERE "id" = ? AND "running" = 0`,
      values: [conversationId],
      must: true,
    },
    deletedAt(conversationId, messageId, null),
  ])

const deletedAt = (conversationId: string, messageId: string, at: Date | null): Statement => ({
  sql: `UPDATE "Message" SET "deletedAt" = ? WHERE "id" = ? AND "conversationId" = ?`,
  values: [at, messageId, conversationId],
  must: true,
})

const MOST_AT_ONCE = 1_000

/** Messages that were deleted before `before`, of whichever user; without what they say, which may be long. */
export const removedMessages = (before: Date) =>
  db().message.findMany({
    where: { deletedAt: { lt: before } },
    select: { id: true, conversationId: true },
    orderBy: [{ deletedAt: "asc" }, { id: "asc" }],
    take: MOST_AT_ONCE,
  })

/** Removes a deleted message for good: what follows it follows from now on what it followed itself. */
export const purgeMessage = (id: string): Promise<void> =>
  raw().transact([
    {
      // Not of one that was brought back in between.
      sql: `UPDATE "Message" SET "parentId" = (SELECT "parentId" FROM "Message" WHERE "id" = ?) WHERE "parentId" = ?
        AND EXISTS (SELECT 1 FROM "Message" WHERE "id" = ? AND "deletedAt" IS NOT NULL)`,
      values: [id, id, id],
    },
    { sql: `DELETE FROM "Message" WHERE "id" = ? AND "deletedAt" IS NOT NULL`, values: [id] },
  ])

/** What one message says; undefined where it can't be read: that holds up nothing. */
export const partsOfMessage = (id: string): Promise<unknown> =>
  db()
    .message.findUnique({ where: { id }, select: { parts: true } })
    .then(
      (row) => row?.parts,
      () => undefined,
    )

/** Whether a message of the conversation names this image. Asked of the database: all messages together may be long. */
export async function isNamedIn(conversationId: string, imageId: string): Promise<boolean> {
  const rows = await raw().read({
    sql: `SELECT 1 AS "there" FROM "Message" WHERE "conversationId" = ? AND CAST("parts" AS TEXT) LIKE ? LIMIT 1`,
    values: [conversationId, `%${imageId}%`],
  })
  return rows.length > 0
}

/** What the links of a conversation show. */
export const sharedOf = (conversationId: string) =>
  db().share.findMany({ where: { conversationId }, select: { imageIds: true } })

/** The conversation shows these files no longer. */
export const dropUses = (conversationId: string, fileIds: string[]) =>
  db().fileUse.deleteMany({ where: { conversationId, fileId: { in: fileIds } } })
