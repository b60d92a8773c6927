/** Values of a structured answer that a user has edited, stored alongside it. Safe to import on both sides. */
import { z } from "zod"
import type { OutputCheck } from "@/lib/messages/types"

/** Characters per value as JSON, and edited values per answer. */
const MAX_JSON = 100_000
export const MAX_VALUES = 1_000

const path = z.string().max(2_000)
const json = z.string().min(1).max(MAX_JSON)

/** A user's edit. `was`: the value they saw, null for the model's own; a different one is a conflict. */
export const valueEditSchema = z.strictObject({ path, json: json.nullable(), was: json.nullable() })
export type ValueEdit = z.infer<typeof valueEditSchema>
export const valueEditsSchema = z.array(valueEditSchema).min(1).max(MAX_VALUES)

/** The stored form: JSON by JSON Pointer, and the check's result for the edited answer. */
export const storedEditsSchema = z.object({
  values: z.array(z.object({ path, json })).min(1).max(MAX_VALUES),
  check: z.custom<OutputCheck>((value) => typeof value === "object" && value !== null).optional(),
})
export type StoredEdits = z.infer<typeof storedEditsSchema>
