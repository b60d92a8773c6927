/** Deleting single messages: their rows stay in place until they are purged, so that they can be restored. */
import { db, raw } from "@/lib/db/client"
import type { Statement } from "@/lib/db/raw"

interface Removal {
  conversationId: string
  messageId: string
  /** Current and new end of the shown branch. */
  leaf: { is: string | null; then: string | null }
}

/** Deletes a message. Fails (`isMissingRow`) while an answer is being written, or if the branch ends elsewhere. */
export const softDeleteMessage = ({ conversationId, messageId, leaf }: Removal): Promise<void> =>
  raw().transact([
    {
      sql: `UPDATE "Conversation" SET "activeLeafId" = ? WHERE "id" = ? AND "running" = 0
        AND "activeLeafId" IS NOT DISTINCT FROM ?`,
      values: [leaf.then, conversationId, leaf.is],
      must: true,
    },
    deletedAt(conversationId, messageId, new Date()),
  ])

/** Restores a message. Fails (`isMissingRow`) while an answer is being written. */
export const undeleteMessage = (conversationId: string, messageId: string): Promise<void> =>
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

const MAX_AT_ONCE = 1_000

/** Messages of any user that were deleted before `before`; without their content, which may be long. */
export const removedMessages = (before: Date) =>
  db().message.findMany({
    where: { deletedAt: { lt: before } },
    select: { id: true, conversationId: true },
    orderBy: [{ deletedAt: "asc" }, { id: "asc" }],
    take: MAX_AT_ONCE,
  })

/** Permanently removes a deleted message: its children move to its own parent. */
export const purgeMessage = (id: string): Promise<void> =>
  raw().transact([
    {
      // Unless it was restored in between.
      sql: `UPDATE "Message" SET "parentId" = (SELECT "parentId" FROM "Message" WHERE "id" = ?) WHERE "parentId" = ?
        AND EXISTS (SELECT 1 FROM "Message" WHERE "id" = ? AND "deletedAt" IS NOT NULL)`,
      values: [id, id, id],
    },
    { sql: `DELETE FROM "Message" WHERE "id" = ? AND "deletedAt" IS NOT NULL`, values: [id] },
  ])

/** The content of a message; undefined if it can't be read, so that this blocks nothing. */
export const partsOfMessage = (id: string): Promise<unknown> =>
  db()
    .message.findUnique({ where: { id }, select: { parts: true } })
    .then(
      (row) => row?.parts,
      () => undefined,
    )

/**
 * Whether a message of the conversation references this image. Searched in the database, because all messages together
 * may be large.
 */
export async function isImageReferenced(conversationId: string, imageId: string): Promise<boolean> {
  const rows = await raw().read({
    sql: `SELECT 1 AS "there" FROM "Message" WHERE "conversationId" = ? AND CAST("parts" AS TEXT) LIKE ? LIMIT 1`,
    values: [conversationId, `%${imageId}%`],
  })
  return rows.length > 0
}

/** The content of a conversation's share links. */
export const sharedOf = (conversationId: string) =>
  db().share.findMany({ where: { conversationId }, select: { imageIds: true } })

/** The conversation no longer shows these files. */
export const removeFileUses = (conversationId: string, fileIds: string[]) =>
  db().fileUse.deleteMany({ where: { conversationId, fileId: { in: fileIds } } })
