/** A person's schema library, with versions. Every query filters by owner. */
import { isUniqueViolation } from "@/lib/db/errors"
import { createWithinLimit } from "@/lib/db/limits"
import { presetsOf } from "@/lib/db/presets"
import {
  changeSchema,
  countSchemas,
  createSchema,
  deleteSchema,
  findSchema,
  findVersion,
  purgeSchemas,
  returnSchema,
  schemasOf,
  versionsOf,
} from "@/lib/db/schemas/schemas"
import { usesOf } from "@/lib/db/schemas/uses"
import { AppError } from "@/lib/http/errors"
import { isRecord } from "@/lib/is-record"
import { outputRequestSchema } from "@/lib/messages/types"
import { checkOutput } from "@/lib/output/check"
import { locateJsonError } from "@/lib/output/json-position"
import type { NewSchema, SchemaChange, SchemaEntry, SchemaUses, SchemaVersion, StoredSchema } from "@/lib/schemas/types"

const MAX_SCHEMAS = 200
/** Days after which a deleted schema is removed permanently. */
const KEPT_DAYS = 30
const EXAMPLE = '{ "type": "object" }'

export const schemaNotFound = () => new AppError("schema:not_found")

type Dated = { createdAt: Date }
const dated = <Row extends Dated>({ createdAt, ...row }: Row) => ({ ...row, createdAt: createdAt.toISOString() })

const entryOf = ({
  ...row
}: Dated & { id: string; name: string; description: string; version: number; revision: number; updatedAt: Date }) => {
  const { id, name, description, version, revision, createdAt, updatedAt } = row
  return {
    ...{ id, name, description, version, revision },
    ...{ createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
  }
}

/** Without their texts, the most recently changed first. */
export const listSchemas = async (userId: string): Promise<SchemaEntry[]> => (await schemasOf(userId)).map(entryOf)

/** With its newest text. Throws `schema:not_found`. */
export async function schemaOf(userId: string, id: string): Promise<StoredSchema> {
  const row = await findSchema(id, userId)
  const newest = row && (await findVersion(id, userId, row.version))
  if (!newest) throw schemaNotFound()
  return { ...entryOf(row), text: newest.text }
}

/** Throws `output:schema_invalid` for a text that isn't a JSON Schema, or is one that can't be used. */
async function checkText(userId: string, text: string): Promise<void> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const { sentence = "", message } = locateJsonError(text)
    throw new AppError("output:schema_invalid", { values: { path: "none", problem: sentence || message } })
  }
  if (!isRecord(value)) throw new AppError("schema:no_object", { values: { example: EXAMPLE } })
  await checkOutput(userId, { type: "json_schema", name: "schema", schema: value })
}

/**
 * Stores a schema. Repeating the same id changes nothing, and restores a deleted one. Throws `output:schema_invalid`,
 * `schema:not_found` if the id belongs to someone else, and `limit:reached` above 200 schemas.
 */
export async function addSchema(userId: string, { id, text, note, ...rest }: NewSchema): Promise<StoredSchema> {
  if (await findSchema(id, userId)) return schemaOf(userId, id)
  await checkText(userId, text)
  try {
    await unlessFull(userId, async (client) => {
      if (!(await returnSchema(client, id, userId)))
        await createSchema(client, { id, userId, ...rest }, [{ text, note }])
    })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
  }
  return schemaOf(userId, id)
}

/** Throws `limit:reached`. */
async function unlessFull(userId: string, work: Parameters<typeof createWithinLimit<void>>[1]["make"]): Promise<void> {
  const made = await createWithinLimit(userId, {
    most: MAX_SCHEMAS,
    count: (client) => countSchemas(client, userId),
    make: async (client) => {
      await work(client)
      return true
    },
  })
  if (!made) throw new AppError("limit:reached/schemas", { values: { count: MAX_SCHEMAS } })
}

/**
 * Imports a schema from an export, with its versions, oldest first: at most 100. Also stored if it can't be used
 * anymore.
 */
export const importSchema = (
  userId: string,
  { id, name, description }: { id: string; name: string; description: string },
  versions: { text: string; note: string | null; createdAt: Date }[],
): Promise<void> => unlessFull(userId, (client) => createSchema(client, { id, userId, name, description }, versions))

/**
 * Changes a schema if it still is as the person saw it. Otherwise throws `schema:changed` (with its current revision);
 * also throws `schema:not_found`, `output:schema_invalid`.
 */
export async function editSchema(
  userId: string,
  id: string,
  { revision, ...change }: SchemaChange,
): Promise<StoredSchema> {
  if (change.text !== undefined) await checkText(userId, change.text)
  await changed(userId, id, revision, change)
  return schemaOf(userId, id)
}

/** Restores the text of an earlier version as the newest one. Throws like `editSchema`. */
export async function restoreVersion(
  userId: string,
  id: string,
  { revision, restore }: { revision: number; restore: number },
): Promise<StoredSchema> {
  const { text } = await versionOf(userId, id, restore)
  await changed(userId, id, revision, { text, restoredFrom: restore })
  return schemaOf(userId, id)
}

async function changed(
  userId: string,
  id: string,
  revision: number,
  change: Parameters<typeof changeSchema>[3],
): Promise<void> {
  const result = await changeSchema(id, userId, revision, change)
  if (result.is === "missing") throw schemaNotFound()
  if (result.is === "newer") throw new AppError("schema:changed", { details: { revision: result.revision } })
}

/** Throws `schema:not_found`. The schema can be restored for 30 days. */
export async function removeSchema(userId: string, id: string): Promise<void> {
  if (!(await deleteSchema(id, userId))) throw schemaNotFound()
}

/** Throws `schema:not_found`, `limit:reached`. */
export async function bringBack(userId: string, id: string): Promise<StoredSchema> {
  const row = await findSchema(id, userId, { deleted: true })
  if (row?.deletedAt) await unlessFull(userId, async (client) => void (await returnSchema(client, id, userId)))
  return schemaOf(userId, id)
}

/** Newest first, without their texts. Throws `schema:not_found`. */
export async function versionList(userId: string, id: string): Promise<SchemaVersion[]> {
  const rows = await versionsOf(id, userId)
  if (rows.length === 0) throw schemaNotFound()
  return rows.map(dated)
}

/** Throws `schema:not_found`. */
export async function versionOf(
  userId: string,
  id: string,
  version: number,
): Promise<SchemaVersion & { text: string }> {
  const row = await findVersion(id, userId, version)
  if (!row) throw schemaNotFound()
  return dated(row)
}

/** Chats and presets that use it. Throws `schema:not_found`. */
export async function schemaUses(userId: string, id: string): Promise<SchemaUses> {
  const [row, chats, presets] = await Promise.all([findSchema(id, userId), usesOf(id, userId), presetsOf(userId)])
  if (!row) throw schemaNotFound()
  return {
    chats: chats.map(({ version, usedAt, conversation }) => ({
      ...{ ...conversation, version, usedAt: usedAt.toISOString() },
    })),
    presets: presets.flatMap(({ id: presetId, name, output }) => {
      const read = outputRequestSchema.safeParse(output).data
      const stored = read?.type === "json_schema" ? read.stored : undefined
      return stored?.id === id ? [{ id: presetId, name, version: stored.version }] : []
    }),
  }
}

/** Permanently removes schemas that were deleted more than 30 days ago. */
export const purgeDeletedSchemas = (now = new Date()): Promise<number> =>
  purgeSchemas(new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1_000))
