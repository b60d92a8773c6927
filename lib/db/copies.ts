/** Conversations that begin with messages of another one. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { config } from "@/lib/config"
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, isPostgres, raw, type Transaction } from "@/lib/db/client"
import type { Message } from "@/lib/db/generated/sqlite/client"

/** What of a message goes into another conversation. */
export type CopiedMessage = Pick<Message, "role" | "status" | "parts" | "createdAt"> &
  Partial<
    Pick<
      Message,
      | "model"
      | "settings"
      | "output"
      | "outputCheck"
      | "finishReason"
      | "usage"
      | "costUsd"
      | "timeToFirstTokenMs"
      | "tokensPerSecond"
      | "reasoningMs"
      | "serverTimings"
      | "error"
      | "endedAt"
    >
  >

export interface NewCopy {
  id: string
  userId: string
  title: string
  model: string | null
  settings?: unknown
  folderId?: string | null
  /** Its messages from the first on, each behind the one before, in pieces that take some milliseconds each. */
  pieces: (client: Transaction) => AsyncIterable<CopiedMessage[]>
  /** Files of this user that its messages show; asked for when all pieces have been read. */
  files: () => string[]
}

/** A long conversation takes a second or two on a busy machine. */
const MOST_MS = 60_000

/**
 * Makes a conversation with these messages, all or nothing; other requests have their turn between its pieces. Fails
 * (`isUniqueViolation`) when the id is taken.
 */
export const storeCopy = ({ pieces, files, settings, title, ...row }: NewCopy): Promise<void> =>
  db().$transaction(
    async (client) => {
      const conversationId = row.id
      await client.conversation.create({
        data: { ...row, title: cleanText(title), titleSource: "user", settings: toNullableJson(settings) },
      })
      let parentId: string | null = null
      for await (const piece of pieces(client)) {
        const data = piece.map((message) => {
          const copied = { ...rowOf(message), id: uuidv7(), conversationId, parentId }
          parentId = copied.id
          return copied
        })
        await client.message.createMany({ data })
        await nextTurn()
      }
      await client.conversation.update({ where: { id: conversationId }, data: { activeLeafId: parentId } })
      const there = await client.file.findMany({
        where: { id: { in: files() }, userId: row.userId },
        select: { id: true },
      })
      await client.fileUse.createMany({ data: there.map(({ id: fileId }) => ({ conversationId, fileId })) })
    },
    { timeout: MOST_MS, maxWait: MOST_MS },
  )

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

/** How many bytes what was said takes in each message of a conversation. */
export async function sizesOf(conversationId: string): Promise<Map<string, number>> {
  const size = isPostgres(config().databaseUrl) ? `octet_length("parts"::text)` : `octet_length("parts")`
  const rows = await raw().read({
    sql: `SELECT "id", ${size} AS "bytes" FROM "Message" WHERE "conversationId" = ?`,
    values: [conversationId],
  })
  return new Map(rows.map(({ id, bytes }) => [String(id), Number(bytes)]))
}

/** Messages to be copied, by their ids and in this order. */
export async function messagesToCopy(client: Transaction, ids: string[]): Promise<CopiedMessage[]> {
  const rows = await client.message.findMany({
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
