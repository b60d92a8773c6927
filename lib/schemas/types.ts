/** The contract between browser and server for saved schemas. Only types and schemas. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { MAX_SCHEMA_CHARS, MAX_SCHEMA_DESCRIPTION, MAX_SCHEMA_NAME, MAX_SCHEMA_NOTE } from "@/lib/limits"

const fields = {
  name: z.string().trim().min(1).max(MAX_SCHEMA_NAME),
  description: z.string().trim().max(MAX_SCHEMA_DESCRIPTION),
  /** JSON Schema, as it was written. */
  text: z.string().min(2).max(MAX_SCHEMA_CHARS),
  /** What changed in this version. */
  note: z.string().trim().max(MAX_SCHEMA_NOTE).nullable(),
}
const revision = z.int().min(1)

/** `POST /api/schemas`. The client creates the id: repeating the same request changes nothing more. */
export const newSchemaSchema = z.strictObject({
  id: idSchema,
  ...fields,
  description: fields.description.default(""),
  note: fields.note.default(null),
})
/** `PATCH /api/schemas/{id}`: changes what was read at `revision`, or restores a deleted schema. */
export const schemaChangeSchema = z.union([
  z.strictObject({ deleted: z.literal(false) }),
  z.strictObject({
    revision,
    name: fields.name.optional(),
    description: fields.description.optional(),
    text: fields.text.optional(),
    note: fields.note.optional(),
  }),
])
/** `POST /api/schemas/{id}/versions`: restores the text of an earlier version as the newest. */
export const restoreRequestSchema = z.strictObject({ revision, restore: z.int().min(1) })

export type NewSchema = z.infer<typeof newSchemaSchema>
export type SchemaChange = Exclude<z.infer<typeof schemaChangeSchema>, { deleted: false }>

/** A saved schema without its text. Dates are ISO 8601. */
export interface SchemaEntry {
  id: string
  name: string
  description: string
  /** The newest one. */
  version: number
  /** Counts changes of any kind. */
  revision: number
  createdAt: string
  updatedAt: string
}

/** With the text of its newest version. */
export interface StoredSchema extends SchemaEntry {
  text: string
}

export interface SchemaVersion {
  version: number
  note: string | null
  /** The version whose text was restored. */
  restoredFrom: number | null
  createdAt: string
}

export interface SchemaUses {
  chats: { id: string; title: string; version: number; usedAt: string }[]
  presets: { id: string; name: string; version: number }[]
}
