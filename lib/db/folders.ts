import { cleanText, toNullableJson } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"

/** The user's folders, deleted ones left out. */
export async function foldersOf(userId: string): Promise<{ id: string; name: string }[]> {
  const rows = await raw().read({
    sql: `SELECT "id", "name" FROM "Folder" WHERE "userId" = ? AND "deletedAt" IS NULL`,
    values: [userId],
  })
  return rows.map(({ id, name }) => ({ id: String(id), name: String(name) }))
}

/** Does this user have a folder of this id that is not deleted? */
export async function folderExists(client: Transaction, id: string, userId: string): Promise<boolean> {
  return (await client.folder.count({ where: { id, userId, deletedAt: null } })) > 0
}

export const createFolder = (client: Transaction, row: { id: string; userId: string; name: string }) =>
  client.folder.create({ data: { ...row, name: cleanText(row.name) } })

export const countFolders = (client: Transaction, userId: string) =>
  client.folder.count({ where: { userId, deletedAt: null } })

export async function renameFolder(id: string, userId: string, name: string): Promise<boolean> {
  const { count } = await db().folder.updateMany({
    where: { id, userId, deletedAt: null },
    data: { name: cleanText(name) },
  })
  return count === 1
}

/** What new conversations in it begin with, as it is stored; null for all tools, and where there is no such folder. */
export async function toolsOfFolder(id: string, userId: string): Promise<unknown> {
  const row = await db().folder.findFirst({ where: { id, userId, deletedAt: null }, select: { tools: true } })
  return row?.tools ?? null
}

/** False when there is none. */
export async function setToolsOfFolder(id: string, userId: string, tools: string[] | null): Promise<boolean> {
  const { count } = await db().folder.updateMany({
    where: { id, userId, deletedAt: null },
    data: { tools: toNullableJson(tools) },
  })
  return count === 1
}

/** Deletes a folder softly; its conversations go back to the list and remember it. False when there is none. */
export function deleteFolder(id: string, userId: string): Promise<boolean> {
  return db().$transaction(async (client) => {
    const { count } = await client.folder.updateMany({
      where: { id, userId, deletedAt: null },
      data: { deletedAt: new Date() },
    })
    if (count === 0) return false
    await client.conversation.updateMany({
      where: { folderId: id, userId },
      data: { folderId: null, formerFolderId: id },
    })
    return true
  })
}

/** Brings a deleted folder back, with those of its conversations that are in no other since. False when there is none. */
export function restoreFolder(id: string, userId: string): Promise<boolean> {
  return db().$transaction(async (client) => {
    const { count } = await client.folder.updateMany({ where: { id, userId }, data: { deletedAt: null } })
    if (count === 0) return false
    await client.conversation.updateMany({
      where: { formerFolderId: id, userId, folderId: null },
      data: { folderId: id, formerFolderId: null },
    })
    return true
  })
}

/** Removes for good what was deleted before `before`. */
export async function purgeFolders(before: Date): Promise<void> {
  await db().folder.deleteMany({ where: { deletedAt: { lt: before } } })
}
