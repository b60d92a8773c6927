/** Saved schemas for structured output and their versions. Every query includes the owner. */
import { cleanText } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"

const LISTED = {
  ...{ id: true, name: true, description: true, version: true, revision: true },
  ...{ createdAt: true, updatedAt: true },
} as const

interface SchemaText {
  text: string
  note: string | null
}

export interface SchemaFields {
  name: string
  description: string
}

const own = (id: string, userId: string) => ({ id, userId, deletedAt: null })
const cleanNote = (note: string | null) => (note === null ? null : cleanText(note))

/** The user's schemas without their text, most recently changed first. */
export const schemasOf = (userId: string) =>
  db().outputSchema.findMany({
    where: { userId, deletedAt: null },
    select: LISTED,
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
  })

export const countSchemas = (client: Transaction, userId: string) =>
  client.outputSchema.count({ where: { userId, deletedAt: null } })

/** One of the user's schemas, or null; deleted ones only on request. */
export const findSchema = (id: string, userId: string, { deleted = false } = {}) =>
  db().outputSchema.findFirst({
    where: deleted ? { id, userId } : own(id, userId),
    select: { ...LISTED, deletedAt: true },
  })

/** The versions of a schema, newest first; `only`: that version, `texts` false: without their text. */
export const versionsOf = (id: string, userId: string) =>
  db().outputSchemaVersion.findMany({
    where: { schemaId: id, schema: own(id, userId) },
    select: { version: true, note: true, restoredFrom: true, createdAt: true },
    orderBy: { version: "desc" },
  })

export const findVersion = (id: string, userId: string, version: number) =>
  db().outputSchemaVersion.findFirst({
    where: { schemaId: id, version, schema: own(id, userId) },
    select: { version: true, text: true, note: true, restoredFrom: true, createdAt: true },
  })

/** The text of every version of a user's schemas, for their export; oldest first. */
export const allVersionsOf = (userId: string) =>
  db().outputSchema.findMany({
    where: { userId, deletedAt: null },
    select: {
      ...LISTED,
      versions: {
        select: { version: true, text: true, note: true, restoredFrom: true, createdAt: true },
        orderBy: { version: "asc" },
      },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  })

/** Creates a schema with these texts as its versions, oldest first. Fails if the ID is taken. */
export async function createSchema(
  client: Transaction,
  { id, userId, name, description }: SchemaFields & { id: string; userId: string },
  texts: (SchemaText & { createdAt?: Date })[],
): Promise<void> {
  await client.outputSchema.createMany({
    data: [
      {
        ...{ id, userId, version: texts.length, updatedAt: new Date() },
        ...{ name: cleanText(name), description: cleanText(description) },
      },
    ],
  })
  await client.outputSchemaVersion.createMany({
    data: texts.map(({ text, note, createdAt }, index) => ({
      ...{ schemaId: id, version: index + 1, text: cleanText(text), note: cleanNote(note) },
      ...(createdAt ? { createdAt } : {}),
    })),
  })
}

interface SchemaChange extends Partial<SchemaFields> {
  text?: string
  note?: string | null
  restoredFrom?: number | null
}

export type Changed = { is: "changed"; version: number } | { is: "missing" } | { is: "newer"; revision: number }

/** Versions kept per schema, in addition to those used by chats. */
const MAX_VERSIONS = 100

/**
 * Changes a schema at this revision; a text that differs from the newest becomes a new version. Beyond 100 versions,
 * the oldest ones that no chat used are removed.
 */
export function changeSchema(
  id: string,
  userId: string,
  revision: number,
  { name, description, text, note = null, restoredFrom = null }: SchemaChange,
): Promise<Changed> {
  return db().$transaction(async (client): Promise<Changed> => {
    const { count } = await client.outputSchema.updateMany({
      where: { ...own(id, userId), revision },
      data: {
        ...{ revision: { increment: 1 }, updatedAt: new Date() },
        ...(name === undefined ? {} : { name: cleanText(name) }),
        ...(description === undefined ? {} : { description: cleanText(description) }),
      },
    })
    const row = await client.outputSchema.findFirst({ where: own(id, userId), select: LISTED })
    if (!row) return { is: "missing" }
    if (count === 0) return { is: "newer", revision: row.revision }
    if (text === undefined) return { is: "changed", version: row.version }
    const newest = await client.outputSchemaVersion.findUnique({
      where: { schemaId_version: { schemaId: id, version: row.version } },
      select: { text: true },
    })
    if (newest?.text === cleanText(text)) return { is: "changed", version: row.version }
    const version = row.version + 1
    await client.outputSchema.updateMany({ where: { id }, data: { version } })
    await client.outputSchemaVersion.createMany({
      data: [{ schemaId: id, version, text: cleanText(text), note: cleanNote(note), restoredFrom }],
    })
    await dropOldest(client, id, version - MAX_VERSIONS)
    return { is: "changed", version }
  })
}

async function dropOldest(client: Transaction, schemaId: string, last: number): Promise<void> {
  if (last < 1) return
  const uses = await client.outputSchemaUse.findMany({
    where: { schemaId, version: { lte: last } },
    select: { version: true },
    distinct: ["version"],
  })
  await client.outputSchemaVersion.deleteMany({
    where: { schemaId, version: { lte: last, notIn: uses.map(({ version }) => version) } },
  })
}

/** Soft-deletes a schema of this user; false if there is none. */
export async function deleteSchema(id: string, userId: string): Promise<boolean> {
  const { count } = await db().outputSchema.updateMany({
    where: own(id, userId),
    data: { deletedAt: new Date(), revision: { increment: 1 } },
  })
  return count === 1
}

/** Restores a deleted one; false if there is none. */
export async function returnSchema(client: Transaction, id: string, userId: string): Promise<boolean> {
  const { count } = await client.outputSchema.updateMany({
    where: { id, userId, deletedAt: { not: null } },
    data: { deletedAt: null, revision: { increment: 1 } },
  })
  return count === 1
}

/** Permanently removes those deleted before then, of any user. */
export async function purgeSchemas(before: Date): Promise<number> {
  const { count } = await db().outputSchema.deleteMany({ where: { deletedAt: { lt: before } } })
  return count
}
