/** The list of a person's conversations: pages of its parts, and changes of many at once. */
import { cleanText } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import type { Prisma } from "@/lib/db/generated/sqlite/client"

const tags = { tags: { select: { name: true }, orderBy: { name: "asc" } } } as const

/** A conversation as the list shows it. */
export type ListedRow = Prisma.ConversationGetPayload<{ include: typeof tags }>

export type Part =
  | { of: "all" | "list" | "pinned" | "archived" }
  | { of: "folder"; folderId: string }
  | { of: "tag"; name: string }

const listed = (userId: string) => ({ userId, deletedAt: null, temporary: false })

function partOf(part: Part): Prisma.ConversationWhereInput {
  switch (part.of) {
    case "all":
      return {}
    case "list":
      return { pinnedAt: null, archivedAt: null, folderId: null }
    case "folder":
      return { pinnedAt: null, archivedAt: null, folderId: part.folderId }
    case "pinned":
      return { pinnedAt: { not: null } }
    case "archived":
      return { archivedAt: { not: null } }
    case "tag":
      return { tags: { some: { name: part.name } } }
  }
}

/** Conversations of this user behind `after`, newest first; of the same millisecond by their ids. */
export function pageOf(
  userId: string,
  part: Part,
  { after, limit }: { after?: { updatedAt: Date; id: string }; limit: number },
): Promise<ListedRow[]> {
  const behind = after && {
    // Said twice, so that the index is entered where the page begins.
    updatedAt: { lte: after.updatedAt },
    OR: [{ updatedAt: { lt: after.updatedAt } }, { id: { lt: after.id } }],
  }
  return db().conversation.findMany({
    where: { ...listed(userId), ...partOf(part), ...behind },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: limit,
    include: tags,
  })
}

/** Those of these that are this user's, deleted ones left out. */
export const listedByIds = (ids: string[], userId: string): Promise<ListedRow[]> =>
  db().conversation.findMany({ where: { id: { in: ids }, ...listed(userId) }, include: tags })

/** A conversation of this user with its tags. */
export const findListed = (id: string, userId: string): Promise<ListedRow | null> =>
  db().conversation.findFirst({ where: { id, userId, deletedAt: null }, include: tags })

/** What stands in the user's folders (neither pinned nor archived): how many of it, and how many unseen. */
export async function folderCounts(userId: string) {
  const where = { ...listed(userId), pinnedAt: null, archivedAt: null, folderId: { not: null } }
  const rows = await db().conversation.groupBy({ by: ["folderId", "unseen"], where, _count: { _all: true } })
  const all = new Map<string, number>()
  const unseen = new Map<string, number>()
  for (const { folderId, unseen: late, _count } of rows) {
    if (folderId === null) continue
    all.set(folderId, (all.get(folderId) ?? 0) + _count._all)
    if (late) unseen.set(folderId, _count._all)
  }
  return { all, unseen }
}

export const archivedCount = (userId: string) =>
  db().conversation.count({ where: { ...listed(userId), archivedAt: { not: null } } })

/** The tags of the user's conversations with how often, by name. */
export async function tagCounts(userId: string): Promise<{ name: string; count: number }[]> {
  const rows = await db().conversationTag.groupBy({
    by: ["name"],
    where: { conversation: listed(userId) },
    _count: { _all: true },
    orderBy: { name: "asc" },
  })
  return rows.map(({ name, _count }) => ({ name, count: _count._all }))
}

export type Placement = Partial<
  Pick<ListedRow, "deletedAt" | "archivedAt" | "pinnedAt" | "folderId" | "formerFolderId">
>

/** Changes those of these that are this user's; of deleted ones only that they are deleted. Returns how many. */
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

/** Adds and removes tags of those of these that are this user's. Returns their ids. */
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

/** Does one of these have more than `most` tags? */
export async function tooManyTags(client: Transaction, ids: string[], most: number): Promise<boolean> {
  const rows = await client.conversationTag.groupBy({
    by: ["conversationId"],
    where: { conversationId: { in: ids } },
    _count: { _all: true },
  })
  return rows.some(({ _count }) => _count._all > most)
}
