/**
 * A user's files, and the bytes they reference in the file store. Once removal of an object has begun, nothing may
 * reference it again: adding a reference and removing both lock its row first.
 */
import { cleanText, toJsonText } from "@/lib/db/clean"
import { db, raw } from "@/lib/db/client"
import { isMissingRow, isMissingTarget } from "@/lib/db/errors"
import type { Derivative, File, FileKind } from "@/lib/db/generated/sqlite/client"
import type { Statement } from "@/lib/db/raw"

export type FileRow = File
export type DerivativeRow = Derivative
export type NewFile = Omit<File, "createdAt" | "objectKey" | "thumbhash" | "derivedFrom"> & {
  thumbhash?: string | null
  /** A JSON value. */
  derivedFrom?: unknown
  /** Total bytes allowed for the user's files; null or omitted: unlimited. */
  mostBytes?: number | null
}

/** A file exceeds the user's storage limit. */
export class StorageFull extends Error {
  override name = "StorageFull"
}

export interface NewObject {
  key: string
  sha256: string
  size: number
}

/** A derivative of a file, whose object either exists or was just stored. */
export type NewDerivative = Omit<Derivative, "fileId" | "objectKey"> & { object: NewObject | { key: string } }

/** An object with this content that may be referenced, if there is one. */
export async function liveObject(sha256: string): Promise<{ key: string } | null> {
  return db().storedObject.findFirst({
    where: { sha256, removedAt: null },
    orderBy: { createdAt: "asc" },
    select: { key: true },
  })
}

/** Locks the row of an object that is not being removed, until the transaction ends. */
const taken = (key: string): Statement => ({
  sql: `UPDATE "StoredObject" SET "removedAt" = NULL WHERE "key" = ? AND "removedAt" IS NULL`,
  values: [key],
  must: true,
})

/** Inserts a file and its derivatives if they fit the limit. Serialized by locking the user's row first. */
function newFile(row: NewFile, objectKey: string, derivatives: NewDerivative[]): Statement[] {
  const inserts: Statement[] = [
    {
      sql: `INSERT INTO "File" ("id", "userId", "kind", "objectKey", "mediaType", "size", "width", "height", "thumbhash", "derivedFrom", "name", "createdAt")
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      values: [
        ...[row.id, row.userId, row.kind, objectKey, row.mediaType, row.size, row.width, row.height],
        ...[row.thumbhash ?? null, row.derivedFrom ? toJsonText(row.derivedFrom) : null, cleanText(row.name)],
        new Date(),
      ],
    },
    ...derivatives.flatMap((derivative) => newDerivative(row.id, derivative)),
  ]
  const { userId, mostBytes = null } = row
  if (mostBytes === null) return inserts
  const size = derivatives.reduce((sum, derivative) => sum + derivative.size, row.size)
  const taken: Statement = { sql: `UPDATE "User" SET "guest" = "guest" WHERE "id" = ?`, values: [userId] }
  const room: Statement = {
    sql: `UPDATE "User" SET "guest" = "guest" WHERE "id" = ?
      AND (SELECT COALESCE(SUM("size"), 0) FROM "File" WHERE "userId" = ?)
        + (SELECT COALESCE(SUM("Derivative"."size"), 0) FROM "Derivative" JOIN "File" ON "File"."id" = "fileId" WHERE "userId" = ?) <= ?`,
    values: [userId, userId, userId, mostBytes - size],
    must: () => new StorageFull(),
  }
  return [taken, room, ...inserts]
}

function newDerivative(
  fileId: string,
  { variant, object, mediaType, size, width, height }: NewDerivative,
): Statement[] {
  const insert: Statement = {
    sql: `INSERT INTO "Derivative" ("fileId", "variant", "objectKey", "mediaType", "size", "width", "height")
      VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    values: [fileId, variant, object.key, mediaType, size, width, height],
  }
  return ["sha256" in object ? newObject(object) : taken(object.key), insert]
}

const newObject = ({ key, sha256, size }: NewObject): Statement => ({
  sql: `INSERT INTO "StoredObject" ("key", "sha256", "size", "createdAt") VALUES (?, ?, ?, ?)`,
  values: [key, sha256, size, new Date()],
})

/** False if removal of an object to be referenced has begun. */
async function unlessRemoved(statements: Statement[]): Promise<boolean> {
  try {
    await raw().transact(statements)
    return true
  } catch (error) {
    if (isMissingRow(error)) return false
    throw error
  }
}

/** Creates a file for an existing object; false if removal of the object, or of a derivative's, has begun. */
export const createFileOf = (row: NewFile, objectKey: string, derivatives: NewDerivative[] = []): Promise<boolean> =>
  unlessRemoved([taken(objectKey), ...newFile(row, objectKey, derivatives)])

/** Creates a file for an object that was just stored; false if removal of a derivative's object has begun. */
export const createFileWith = (row: NewFile, object: NewObject, derivatives: NewDerivative[] = []): Promise<boolean> =>
  unlessRemoved([newObject(object), ...newFile(row, object.key, derivatives)])

/**
 * Adds derivatives to a file, keeping existing ones of the same variant. False as above. Fails (`isMissingTarget`) if
 * the file no longer exists.
 */
export const addDerivatives = (fileId: string, derivatives: NewDerivative[]): Promise<boolean> =>
  unlessRemoved(derivatives.flatMap((derivative) => newDerivative(fileId, derivative)))

/** The derivatives of these files of this user, unordered. */
export const derivativesOf = (ids: string[], userId: string) =>
  db().derivative.findMany({ where: { fileId: { in: ids }, file: { userId } } })

/** A file of this user, or null. */
export const findFile = (id: string, userId: string) => db().file.findFirst({ where: { id, userId } })

/** The files of this user among `ids`, unordered. */
export const findFiles = (ids: string[], userId: string) => db().file.findMany({ where: { id: { in: ids }, userId } })

/** The object keys of the derivatives of these files. */
export async function derivativeKeys(ids: string[]): Promise<string[]> {
  const rows = await db().derivative.findMany({ where: { fileId: { in: ids } }, select: { objectKey: true } })
  return rows.map(({ objectKey }) => objectKey)
}

interface ExportPage {
  /** ID of the last file of the previous page. */
  after?: string
  limit: number
  /** Only files shown in this conversation. */
  conversationId?: string
}

/** The files shown in this user's listed conversations, sorted by ID. */
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

/** Bytes that a user stores: originals and derivatives. */
export async function storedBytes(userId: string): Promise<number> {
  const [files, derivatives] = await Promise.all([
    db().file.aggregate({ where: { userId }, _sum: { size: true } }),
    db().derivative.aggregate({ where: { file: { userId } }, _sum: { size: true } }),
  ])
  return (files._sum.size ?? 0) + (derivatives._sum.size ?? 0)
}

/** Notes that a conversation shows a file. Fails (`isMissingTarget`) if the file no longer exists. */
export const fileUse = (conversationId: string, fileId: string): Statement => ({
  sql: `INSERT INTO "FileUse" ("conversationId", "fileId") VALUES (?, ?) ON CONFLICT DO NOTHING`,
  values: [conversationId, fileId],
})

/** The same in a transaction of its own. The caller has checked the owner of both. Rejects in the same way. */
export const recordFileUse = (conversationId: string, fileId: string): Promise<unknown> =>
  raw().transact([fileUse(conversationId, fileId)])

const MAX_AT_ONCE = 1_000

/** Files that no conversation or grid shows, created before `before`, of any user. */
export const unusedFiles = (before: Date) =>
  db().file.findMany({
    where: { createdAt: { lt: before }, uses: { none: {} }, gridUses: { none: {} } },
    select: { id: true },
    take: MAX_AT_ONCE,
  })

/** Removes the rows of those of these files that no conversation or grid shows. Returns how many. */
export async function removeUnused(ids: string[]): Promise<number> {
  let removed = 0
  for (const id of ids) {
    try {
      removed += (await db().file.deleteMany({ where: { id, uses: { none: {} }, gridUses: { none: {} } } })).count
    } catch (error) {
      // A message with it was stored at the same moment.
      if (!isMissingTarget(error)) throw error
    }
  }
  return removed
}

/** Begins the removal of unreferenced objects, only of `keys` if given. Returns all whose removal has begun. */
export async function markUnreferenced(keys?: string[]): Promise<string[]> {
  const unreferenced = await db().storedObject.findMany({
    where: { removedAt: null, files: { none: {} }, derivatives: { none: {} }, ...(keys ? { key: { in: keys } } : {}) },
    select: { key: true },
    take: MAX_AT_ONCE,
  })
  for (const { key } of unreferenced) {
    try {
      // Two statements, so that the second one sees references added before the row was locked.
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

/** Those of these keys that have a row. */
export async function knownKeys(keys: string[]): Promise<Set<string>> {
  const rows = await db().storedObject.findMany({ where: { key: { in: keys } }, select: { key: true } })
  return new Set(rows.map(({ key }) => key))
}

const LISTED = 500

/** Every object that is not being removed, sorted by key. May miss objects added during the iteration. */
export async function* iterateStoredObjects(): AsyncGenerator<{ key: string; sha256: string; size: number }> {
  let after = ""
  for (;;) {
    const rows = await db().storedObject.findMany({
      where: { removedAt: null, key: { gt: after } },
      orderBy: { key: "asc" },
      take: LISTED,
      select: { key: true, sha256: true, size: true },
    })
    yield* rows
    const last = rows.at(-1)
    if (!last) return
    after = last.key
  }
}

/** When the database was created. */
export async function databaseCreatedAt(): Promise<Date> {
  const [row] = await raw().read({ sql: `SELECT MIN("started_at") AS "at" FROM "_prisma_migrations"`, values: [] })
  const at = row?.at
  // SQLite stores milliseconds, or a text in UTC.
  return at instanceof Date ? at : new Date(typeof at === "string" ? `${at.replace(" ", "T")}Z` : Number(at))
}

export type { FileKind }
