/**
 * A person's files, and the bytes in the file store that they stand for. An object whose removal has begun is never
 * referred to again: who refers and who removes take its row first, one after the other.
 */
import { cleanText } from "@/lib/db/clean"
import { db, raw } from "@/lib/db/client"
import { isMissingRow, isMissingTarget } from "@/lib/db/errors"
import type { File, FileKind } from "@/lib/db/generated/sqlite/client"
import type { Statement } from "@/lib/db/raw"

export type FileRow = File
export type NewFile = Omit<File, "createdAt" | "objectKey"> & {
  /** Bytes that the files of its person may take together; null or left out: any number. */
  mostBytes?: number | null
}

/** A file doesn't fit into what its person may store. */
export class StorageFull extends Error {
  override name = "StorageFull"
}

export interface NewObject {
  key: string
  sha256: string
  size: number
}

/** An object with this content to which may be referred, if there is one. */
export async function liveObject(sha256: string): Promise<{ key: string } | null> {
  return db().storedObject.findFirst({
    where: { sha256, removedAt: null },
    orderBy: { createdAt: "asc" },
    select: { key: true },
  })
}

/** Takes the row of an object that is not being removed, until the transaction ends. */
const taken = (key: string): Statement => ({
  sql: `UPDATE "StoredObject" SET "removedAt" = NULL WHERE "key" = ? AND "removedAt" IS NULL`,
  values: [key],
  must: true,
})

/** A file, if there is room for it. One after the other: who adds takes the person's row first. */
function newFile(row: NewFile, objectKey: string): Statement[] {
  const insert: Statement = {
    sql: `INSERT INTO "File" ("id", "userId", "kind", "objectKey", "mediaType", "size", "width", "height", "name", "createdAt")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    values: [
      ...[row.id, row.userId, row.kind, objectKey, row.mediaType, row.size, row.width, row.height, cleanText(row.name)],
      new Date(),
    ],
  }
  const { userId, size, mostBytes = null } = row
  if (mostBytes === null) return [insert]
  const taken: Statement = { sql: `UPDATE "User" SET "guest" = "guest" WHERE "id" = ?`, values: [userId] }
  const room: Statement = {
    sql: `UPDATE "User" SET "guest" = "guest" WHERE "id" = ?
      AND (SELECT COALESCE(SUM("size"), 0) FROM "File" WHERE "userId" = ?) <= ?`,
    values: [userId, userId, mostBytes - size],
    must: () => new StorageFull(),
  }
  return [taken, room, insert]
}

/** Makes a file of an object that is there; false when its removal has begun. */
export async function createFileOf(row: NewFile, objectKey: string): Promise<boolean> {
  try {
    await raw().transact([taken(objectKey), ...newFile(row, objectKey)])
    return true
  } catch (error) {
    if (isMissingRow(error)) return false
    throw error
  }
}

/** Makes a file of an object that was just stored. */
export const createFileWith = (row: NewFile, { key, sha256, size }: NewObject): Promise<void> =>
  raw().transact([
    {
      sql: `INSERT INTO "StoredObject" ("key", "sha256", "size", "createdAt") VALUES (?, ?, ?, ?)`,
      values: [key, sha256, size, new Date()],
    },
    ...newFile(row, key),
  ])

/** A file of this user, or null. */
export const findFile = (id: string, userId: string) => db().file.findFirst({ where: { id, userId } })

/** The files of this user among `ids`, in no order. */
export const findFiles = (ids: string[], userId: string) => db().file.findMany({ where: { id: { in: ids }, userId } })

interface ExportPage {
  /** The id of the last one before. */
  after?: string
  limit: number
  /** Only those that this conversation shows. */
  conversationId?: string
}

/** The files that this user's listed conversations show, by their ids. */
export const exportedFiles = (userId: string, { after, limit, conversationId }: ExportPage) =>
  db().file.findMany({
    where: {
      userId,
      ...(after ? { id: { gt: after } } : {}),
      uses: { some: { conversation: { userId, deletedAt: null, temporary: false, id: conversationId } } },
    },
    orderBy: { id: "asc" },
    take: limit,
  })

/** Bytes that a person stores: originals and what was made of them. */
export async function storedBytes(userId: string): Promise<number> {
  const [files, derivatives] = await Promise.all([
    db().file.aggregate({ where: { userId }, _sum: { size: true } }),
    db().derivative.aggregate({ where: { file: { userId } }, _sum: { size: true } }),
  ])
  return (files._sum.size ?? 0) + (derivatives._sum.size ?? 0)
}

/** That a conversation shows a file. Fails (`isMissingTarget`) when the file is no more. */
export const fileUse = (conversationId: string, fileId: string): Statement => ({
  sql: `INSERT INTO "FileUse" ("conversationId", "fileId") VALUES (?, ?) ON CONFLICT DO NOTHING`,
  values: [conversationId, fileId],
})

const MOST_AT_ONCE = 1_000

/** Files that no conversation shows, made before `before`, of whichever user. */
export const unusedFiles = (before: Date) =>
  db().file.findMany({
    where: { createdAt: { lt: before }, uses: { none: {} } },
    select: { id: true },
    take: MOST_AT_ONCE,
  })

/** Removes the rows of those of these files that no conversation shows. Returns how many. */
export async function removeUnused(ids: string[]): Promise<number> {
  let removed = 0
  for (const id of ids) {
    try {
      removed += (await db().file.deleteMany({ where: { id, uses: { none: {} } } })).count
    } catch (error) {
      // A message with it was stored in this moment.
      if (!isMissingTarget(error)) throw error
    }
  }
  return removed
}

/** Begins to remove the objects to which nothing refers; of `keys` only, when given. Returns all whose removal has begun. */
export async function markUnreferenced(keys?: string[]): Promise<string[]> {
  const unreferenced = await db().storedObject.findMany({
    where: { removedAt: null, files: { none: {} }, derivatives: { none: {} }, ...(keys ? { key: { in: keys } } : {}) },
    select: { key: true },
    take: MOST_AT_ONCE,
  })
  for (const { key } of unreferenced) {
    try {
      // Two statements: the second one sees what was referred to before the row was free.
      await raw().transact([taken(key), marked(key)])
    } catch (error) {
      if (!isMissingRow(error)) throw error
    }
  }
  const removed = await db().storedObject.findMany({ where: { removedAt: { not: null } }, select: { key: true } })
  return removed.map(({ key }) => key)
}

const marked = (key: string): Statement => ({
  sql: `UPDATE "StoredObject" SET "removedAt" = ? WHERE "key" = ?
    AND NOT EXISTS (SELECT 1 FROM "File" WHERE "objectKey" = ?)
    AND NOT EXISTS (SELECT 1 FROM "Derivative" WHERE "objectKey" = ?)`,
  values: [new Date(), key, key, key],
  must: true,
})

/** Its bytes are gone. */
export const forgetObject = (key: string) => db().storedObject.deleteMany({ where: { key, removedAt: { not: null } } })

/** Those of these keys of which a row knows. */
export async function knownKeys(keys: string[]): Promise<Set<string>> {
  const rows = await db().storedObject.findMany({ where: { key: { in: keys } }, select: { key: true } })
  return new Set(rows.map(({ key }) => key))
}

/** When the database was made. */
export async function databaseBegan(): Promise<Date> {
  const [row] = await raw().read({ sql: `SELECT MIN("started_at") AS "at" FROM "_prisma_migrations"`, values: [] })
  const at = row?.at
  // SQLite keeps milliseconds, or a text in UTC.
  return at instanceof Date ? at : new Date(typeof at === "string" ? `${at.replace(" ", "T")}Z` : Number(at))
}

export type { FileKind }
