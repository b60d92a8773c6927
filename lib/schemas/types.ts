/** What the browser and the server say to each other about kept schemas. Only types and schemas. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"
import { MAX_SCHEMA_CHARS, MAX_SCHEMA_DESCRIPTION, MAX_SCHEMA_NAME, MAX_SCHEMA_NOTE } from "@/lib/limits"

const fields = {
  name: z.string().trim().min(1).max(MAX_SCHEMA_NAME),
  description: z.string().trim().max(MAX_SCHEMA_DESCRIPTION),
  /** JSON Schema, as it was written. */
  text: z.string().min(2).max(MAX_SCHEMA_CHARS),
  /** What is new in this version. */
  note: z.string().trim().max(MAX_SCHEMA_NOTE).nullable(),
}
const revision = z.int().min(1)

/** `POST /api/schemas`. The id is made by the client: the same request again changes nothing more. */
export const newSchemaSchema = z.strictObject({
  id: idSchema,
  ...fields,
  description: fields.description.default(""),
  note: fields.note.default(null),
})
/** `PATCH /api/schemas/{id}`: a change of what was read at `revision`, or back from the deleted. */
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
/** `POST /api/schemas/{id}/versions`: the text of an earlier version as the newest. */
export const restoreRequestSchema = z.strictObject({ revision, restore: z.int().min(1) })

export type NewSchema = z.infer<typeof newSchemaSchema>
export type SchemaChange = Exclude<z.infer<typeof schemaChangeSchema>, { deleted: false }>

/** A kept schema, without its text. Dates are ISO 8601. */
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
  /** The version whose text it brought back. */
  restoredFrom: number | null
  createdAt: string
}

export interface SchemaUses {
  chats: { id: string; title: string; version: number; usedAt: string }[]
  presets: { id: string; name: string; version: number }[]
}
