/** Conversations that start with messages of another one. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, isPostgres, raw } from "@/lib/db/client"
import { copyInProgressFilter } from "@/lib/db/conversations"
import { fileUse } from "@/lib/db/files"
import type { Message } from "@/lib/db/generated/sqlite/client"

/** The fields of a message that are copied into another conversation. */
export type CopiedMessage = Pick<Message, "role" | "status" | "createdAt"> & { parts: unknown } & Partial<
    Record<"settings" | "output" | "outputCheck" | "usage" | "serverTimings" | "error", unknown>
  > &
  Partial<
    Pick<
      Message,
      "model" | "finishReason" | "costUsd" | "timeToFirstTokenMs" | "tokensPerSecond" | "reasoningMs" | "endedAt"
    >
  >

export interface NewCopy {
  id: string
  userId: string
  title: string
  model: string | null
  settings?: unknown
  folderId?: string | null
  /** Its messages from the first on, each following the one before, in pieces that take a few milliseconds each. */
  pieces: () => AsyncIterable<CopiedMessage[]>
  /** Files of this user that its messages show; called after all pieces have been read. */
  files: () => string[]
}

/**
 * Creates a conversation with these messages, all or nothing. It is hidden, as if deleted, until it is complete: on
 * SQLite's single connection, one long transaction would include other writes, and lose them if it failed. Leftovers of
 * a crash are purged an hour later. Fails (`isUniqueViolation`) if the ID is taken.
 */
export async function storeCopy({ pieces, files, settings, title, ...row }: NewCopy): Promise<void> {
  const { id: conversationId, userId } = row
  const begunAt = new Date()
  const hidden = { createdAt: begunAt, deletedAt: begunAt }
  await db().conversation.create({
    data: { ...row, ...hidden, title: cleanText(title), titleSource: "user", settings: toNullableJson(settings) },
    select: { id: true },
  })
  try {
    let parentId: string | null = null
    for await (const piece of pieces()) {
      const data = piece.map((message) => {
        const copied = { ...rowOf(message), id: uuidv7(), conversationId, parentId }
        parentId = copied.id
        return copied
      })
      await db().message.createMany({ data })
      await nextTurn()
    }
    const there = await db().file.findMany({ where: { id: { in: files() }, userId }, select: { id: true } })
    await raw().transact([
      ...there.map(({ id }) => fileUse(conversationId, id)),
      {
        sql: `UPDATE "Conversation" SET "activeLeafId" = ?, "deletedAt" = NULL, "updatedAt" = ? WHERE "id" = ?`,
        values: [parentId, new Date(), conversationId],
        must: true,
      },
    ])
  } catch (error) {
    await db().conversation.deleteMany({ where: { id: conversationId, ...copyInProgressFilter() } })
    throw error
  }
}

/** Whether a conversation of this user is hidden because its copy is incomplete. */
export const isBeingCopied = async (id: string, userId: string): Promise<boolean> =>
  (await db().conversation.count({ where: { id, userId, ...copyInProgressFilter() } })) > 0

const rowOf = ({ parts, settings, output, outputCheck, usage, serverTimings, error, ...rest }: CopiedMessage) => ({
  ...rest,
  parts: toJson(parts),
  settings: toNullableJson(settings),
  output: toNullableJson(output),
  outputCheck: toNullableJson(outputCheck),
  usage: toNullableJson(usage),
  serverTimings: toNullableJson(serverTimings),
  error: toNullableJson(error),
})

/** Bytes of the content of each message of a conversation. */
export async function sizesOf(conversationId: string): Promise<Map<string, number>> {
  const size = isPostgres(config().databaseUrl) ? `octet_length("parts"::text)` : `octet_length("parts")`
  const rows = await raw().read({
    sql: `SELECT "id", ${size} AS "bytes" FROM "Message" WHERE "conversationId" = ?`,
    values: [conversationId],
  })
  return new Map(rows.map(({ id, bytes }) => [String(id), Number(bytes)]))
}

/** Messages to copy, in the order of these IDs. */
export async function messagesToCopy(ids: string[]): Promise<CopiedMessage[]> {
  const rows = await db().message.findMany({
    where: { id: { in: ids } },
    omit: {
      conversationId: true,
      parentId: true,
      comparisonId: true,
      comparisonPlace: true,
      decidedAt: true,
      blind: true,
      verdict: true,
      merged: true,
      chosenAt: true,
      deletedAt: true,
    },
  })
  const known = new Map(rows.map(({ id, ...message }) => [id, message]))
  return ids.flatMap((id) => known.get(id) ?? [])
}
