import { cleanText, toNullableJson } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"

/** The user's folders, except for deleted ones. */
export async function foldersOf(userId: string): Promise<{ id: string; name: string }[]> {
  const rows = await raw().read({
    sql: `SELECT "id", "name" FROM "Folder" WHERE "userId" = ? AND "deletedAt" IS NULL`,
    values: [userId],
  })
  return rows.map(({ id, name }) => ({ id: String(id), name: String(name) }))
}

/** Whether this user has a folder with this ID that is not deleted. */
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

/** Stored tools that new conversations in it start with; null for all tools, and if there is no such folder. */
export async function toolsOfFolder(id: string, userId: string): Promise<unknown> {
  const row = await db().folder.findFirst({ where: { id, userId, deletedAt: null }, select: { tools: true } })
  return row?.tools ?? null
}

/** False if there is none. */
export async function setToolsOfFolder(id: string, userId: string, tools: string[] | null): Promise<boolean> {
  const { count } = await db().folder.updateMany({
    where: { id, userId, deletedAt: null },
    data: { tools: toNullableJson(tools) },
  })
  return count === 1
}

/** Soft-deletes a folder; its conversations return to the list and remember it. False if there is none. */
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

/** Restores a deleted folder, with those of its conversations that haven't moved to another. False if there is none. */
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

/** Permanently removes those deleted before `before`. */
export async function purgeFolders(before: Date): Promise<void> {
  await db().folder.deleteMany({ where: { deletedAt: { lt: before } } })
}
