/** Imports chats from export files. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, raw } from "@/lib/db/client"
import { fileUse } from "@/lib/db/files"
import type { Conversation, Message } from "@/lib/db/generated/sqlite/client"

type JsonColumn = "parts" | "settings" | "output" | "outputCheck" | "usage" | "serverTimings" | "error" | "merged"
type PlainColumns = Omit<Message, "conversationId" | JsonColumn>

/** A message's row, except for its conversation. */
export type ImportedMessage = Pick<PlainColumns, "id" | "parentId" | "role" | "status" | "createdAt"> &
  Partial<PlainColumns> & { [Column in Exclude<JsonColumn, "parts">]?: unknown } & { parts: unknown }

export interface NewImport
  extends Pick<Conversation, "id" | "userId" | "title" | "titleSource" | "model" | "createdAt" | "updatedAt"> {
  settings: unknown
  pinnedAt: Date | null
  archivedAt: Date | null
  folderId: string | null
  tags: string[]
  /** Its origin, and its ID there. */
  source: string
  externalId: string
  /** Its messages, parents first, in pieces that take a few milliseconds each. */
  pieces: () => AsyncIterable<ImportedMessage[]>
  /** The last message of the shown branch, and the files that messages show; called at the end. */
  leafId: () => string | null
  files: () => string[]
}

/**
 * Creates a conversation from these messages, all or nothing. Like a copy (`storeCopy`), it is hidden until complete;
 * leftovers of a crash are purged.
 */
export async function storeImport(chat: NewImport): Promise<void> {
  const { pieces, leafId, files, tags, source, externalId, settings, title, pinnedAt, archivedAt, ...row } = chat
  const { id: conversationId, userId, updatedAt } = row
  const deletedAt = new Date()
  await db().conversation.create({
    data: { ...row, title: cleanText(title), settings: toNullableJson(settings), deletedAt },
    select: { id: true },
  })
  try {
    for await (const piece of pieces()) {
      await db().message.createMany({ data: piece.map((message) => ({ ...rowOf(message), conversationId })) })
      await nextTurn()
    }
    const there = await db().file.findMany({ where: { id: { in: files() }, userId }, select: { id: true } })
    await raw().transact([
      ...there.map(({ id }) => fileUse(conversationId, id)),
      ...tags.map((name) => ({
        sql: `INSERT INTO "ConversationTag" ("conversationId", "name") VALUES (?, ?) ON CONFLICT DO NOTHING`,
        values: [conversationId, cleanText(name)],
      })),
      {
        sql: `DELETE FROM "ImportedChat" WHERE "userId" = ? AND "source" = ? AND "externalId" = ?`,
        values: [userId, source, cleanText(externalId)],
      },
      {
        sql: `INSERT INTO "ImportedChat" ("userId", "source", "externalId", "conversationId", "createdAt") VALUES (?, ?, ?, ?, ?)`,
        values: [userId, source, cleanText(externalId), conversationId, new Date()],
      },
      {
        sql: `UPDATE "Conversation" SET "activeLeafId" = ?, "deletedAt" = NULL, "updatedAt" = ?, "pinnedAt" = ?, "archivedAt" = ?
          WHERE "id" = ?`,
        values: [leafId(), updatedAt, pinnedAt, archivedAt, conversationId],
        must: true,
      },
    ])
  } catch (error) {
    await db().conversation.deleteMany({ where: { id: conversationId, deletedAt, activeLeafId: null } })
    throw error
  }
}

const rowOf = ({
  parts,
  settings,
  output,
  outputCheck,
  usage,
  serverTimings,
  error,
  merged,
  ...rest
}: ImportedMessage) => ({
  ...rest,
  ...(rest.model && { model: cleanText(rest.model) }),
  parts: toJson(parts),
  settings: toNullableJson(settings),
  output: toNullableJson(output),
  outputCheck: toNullableJson(outputCheck),
  usage: toNullableJson(usage),
  serverTimings: toNullableJson(serverTimings),
  error: toNullableJson(error),
  merged: toNullableJson(merged),
})

const AT_ONCE = 500

/**
 * Which of these chats of a source this user already has. Chats deleted since don't count; for Sparkler's own exports,
 * chats that still exist count too.
 */
export async function alreadyImported(userId: string, source: string, externalIds: string[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (let from = 0; from < externalIds.length; from += AT_ONCE) {
    const asked = externalIds.slice(from, from + AT_ONCE).map(cleanText)
    const [imported, own] = await Promise.all([
      db().importedChat.findMany({
        where: { userId, source, externalId: { in: asked }, conversation: { deletedAt: null } },
        select: { externalId: true },
      }),
      source === "sparkler"
        ? db().conversation.findMany({
            where: { userId, id: { in: asked }, deletedAt: null, temporary: false },
            select: { id: true },
          })
        : [],
    ])
    for (const { externalId } of imported) there.add(externalId)
    for (const { id } of own) there.add(id)
  }
  return there
}
