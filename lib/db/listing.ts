/** A user's conversation list: pages of its sections, and bulk changes. */
import { cleanText } from "@/lib/db/clean"
import { db, idList, raw, type Transaction } from "@/lib/db/client"
import type { Conversation } from "@/lib/db/generated/sqlite/client"
import { dateOf, dateOrNull } from "@/lib/db/raw"

const tags = { tags: { select: { name: true }, orderBy: { name: "asc" } } } as const

/** A conversation in the form the list shows. */
export type ListedRow = Pick<
  Conversation,
  "id" | "title" | "model" | "createdAt" | "updatedAt" | "unseen" | "pinnedAt" | "archivedAt" | "folderId"
> & { tags: { name: string }[] }

export type Part =
  | { of: "all" | "list" | "pinned" | "archived" }
  | { of: "folder"; folderId: string }
  | { of: "tag"; name: string }

const listed = (userId: string) => ({ userId, deletedAt: null, temporary: false })

/** The same for a raw statement. */
const LISTED = `"userId" = ? AND "deletedAt" IS NULL AND NOT "temporary"`

function partOf(part: Part): { sql: string; values: string[] } {
  switch (part.of) {
    case "all":
      return { sql: "", values: [] }
    case "list":
      return { sql: `AND "pinnedAt" IS NULL AND "archivedAt" IS NULL AND "folderId" IS NULL`, values: [] }
    case "folder":
      return { sql: `AND "archivedAt" IS NULL AND "folderId" = ?`, values: [part.folderId] }
    case "pinned":
      return { sql: `AND "pinnedAt" IS NOT NULL`, values: [] }
    case "archived":
      return { sql: `AND "archivedAt" IS NOT NULL`, values: [] }
    case "tag":
      return {
        sql: `AND "id" IN (SELECT "conversationId" FROM "ConversationTag" WHERE "name" = ?)`,
        values: [part.name],
      }
  }
}

/** Conversations of this user after `after`, newest first; within the same millisecond by ID. */
export async function pageOf(
  userId: string,
  part: Part,
  { after, limit }: { after?: { updatedAt: Date; id: string }; limit: number },
): Promise<ListedRow[]> {
  const { sql, values } = partOf(part)
  // Redundant first condition, so that the index scan starts where the page begins.
  const behind = after ? `AND "updatedAt" <= ? AND ("updatedAt" < ? OR "id" < ?)` : ""
  const rows = await raw().read({
    sql: `SELECT "id", "title", "model", "createdAt", "updatedAt", "unseen", "pinnedAt", "archivedAt", "folderId"
      FROM "Conversation" WHERE ${LISTED} ${sql} ${behind} ORDER BY "updatedAt" DESC, "id" DESC LIMIT ?`,
    values: [userId, ...values, ...(after ? [after.updatedAt, after.updatedAt, after.id] : []), limit],
  })
  const names = await tagsOf(rows.map(({ id }) => String(id)))
  return rows.map((row) => ({
    id: String(row.id),
    title: String(row.title),
    model: textOrNull(row.model),
    createdAt: dateOf(row.createdAt),
    updatedAt: dateOf(row.updatedAt),
    unseen: Boolean(row.unseen),
    pinnedAt: dateOrNull(row.pinnedAt),
    archivedAt: dateOrNull(row.archivedAt),
    folderId: textOrNull(row.folderId),
    tags: names.get(String(row.id)) ?? [],
  }))
}

const textOrNull = (value: unknown) => (value === null ? null : String(value))

async function tagsOf(ids: string[]): Promise<Map<string, { name: string }[]>> {
  const names = new Map<string, { name: string }[]>()
  if (ids.length === 0) return names
  const rows = await raw().read({
    sql: `SELECT "conversationId", "name" FROM "ConversationTag" WHERE "conversationId" IN ${idList()} ORDER BY "name"`,
    values: [JSON.stringify(ids)],
  })
  for (const { conversationId, name } of rows) {
    const id = String(conversationId)
    names.set(id, [...(names.get(id) ?? []), { name: String(name) }])
  }
  return names
}

/** Those that belong to this user, except for deleted ones. */
export const listedByIds = (ids: string[], userId: string): Promise<ListedRow[]> =>
  db().conversation.findMany({ where: { id: { in: ids }, ...listed(userId) }, include: tags })

/** A conversation of this user with its tags. */
export const findListed = (id: string, userId: string): Promise<(Conversation & ListedRow) | null> =>
  db().conversation.findFirst({ where: { id, userId, deletedAt: null }, include: tags })

/** Conversations in the user's folders (not archived): how many, and how many unseen. */
export async function folderCounts(userId: string) {
  const rows = await raw().read({
    sql: `SELECT "folderId", "unseen", CAST(COUNT(*) AS INTEGER) AS "count" FROM "Conversation"
      WHERE ${LISTED} AND "archivedAt" IS NULL AND "folderId" IS NOT NULL
      GROUP BY "folderId", "unseen"`,
    values: [userId],
  })
  const all = new Map<string, number>()
  const unseen = new Map<string, number>()
  for (const row of rows) {
    const folderId = String(row.folderId)
    all.set(folderId, (all.get(folderId) ?? 0) + Number(row.count))
    if (row.unseen) unseen.set(folderId, Number(row.count))
  }
  return { all, unseen }
}

/** How many conversations the user has, including archived ones. */
export const countListed = (userId: string): Promise<number> => db().conversation.count({ where: listed(userId) })

export async function archivedCount(userId: string): Promise<number> {
  const [row] = await raw().read({
    sql: `SELECT CAST(COUNT(*) AS INTEGER) AS "count" FROM "Conversation" WHERE ${LISTED} AND "archivedAt" IS NOT NULL`,
    values: [userId],
  })
  return Number(row?.count)
}

/** The tags of the user's conversations with their counts, sorted by name. */
export async function tagCounts(userId: string): Promise<{ name: string; count: number }[]> {
  const rows = await raw().read({
    sql: `SELECT tag."name", CAST(COUNT(*) AS INTEGER) AS "count" FROM "ConversationTag" tag
      JOIN "Conversation" ON "id" = tag."conversationId" WHERE ${LISTED} GROUP BY tag."name" ORDER BY tag."name"`,
    values: [userId],
  })
  return rows.map(({ name, count }) => ({ name: String(name), count: Number(count) }))
}

export type Placement = Partial<
  Pick<Conversation, "deletedAt" | "archivedAt" | "pinnedAt" | "folderId" | "formerFolderId">
>

/** Changes those that belong to this user; for deleted ones, only their deletion can change. Returns how many. */
export async function placeConversations(
  client: Transaction,
  ids: string[],
  userId: string,
  data: Placement,
): Promise<number> {
  const there = data.deletedAt === undefined ? { deletedAt: null } : {}
  const where = { id: { in: ids }, userId, temporary: false, ...there }
  const { count } = await client.conversation.updateMany({ where, data })
  return count
}

/** Some of the conversations that this user deleted together at one moment. */
export async function deletedTogether(userId: string, deletedAt: Date, limit: number): Promise<string[]> {
  const where = { userId, deletedAt, temporary: false }
  return (await db().conversation.findMany({ where, select: { id: true }, take: limit })).map(({ id }) => id)
}

/** Adds and removes tags of those that belong to this user. Returns their IDs. */
export async function tagConversations(
  client: Transaction,
  ids: string[],
  userId: string,
  { add, remove }: { add: string[]; remove: string[] },
): Promise<string[]> {
  const own = await client.conversation.findMany({
    where: { id: { in: ids }, ...listed(userId) },
    select: { id: true },
  })
  const ownIds = own.map(({ id }) => id)
  await client.conversationTag.deleteMany({
    where: { conversationId: { in: ownIds }, name: { in: [...add, ...remove] } },
  })
  const names = new Set(add.map(cleanText))
  await client.conversationTag.createMany({
    data: ownIds.flatMap((conversationId) => [...names].map((name) => ({ conversationId, name }))),
  })
  return ownIds
}

/** Whether any of these has more than `most` tags. */
export async function tooManyTags(client: Transaction, ids: string[], most: number): Promise<boolean> {
  const rows = await client.conversationTag.groupBy({
    by: ["conversationId"],
    where: { conversationId: { in: ids } },
    _count: { _all: true },
  })
  return rows.some(({ _count }) => _count._all > most)
}
