/** Values of a structured answer that a person wrote over, kept beside it. Safe to import on both sides. */
import { z } from "zod"
import type { OutputCheck } from "@/lib/messages/types"

/** Characters of one value as JSON, and how many of an answer may be others. */
const MOST_JSON = 100_000
export const MOST_VALUES = 1_000

const path = z.string().max(2_000)
const json = z.string().min(1).max(MOST_JSON)

/** What a person writes. `was`: what stood there as they saw it, null the model's own; another one is a conflict. */
export const valueEditSchema = z.strictObject({ path, json: json.nullable(), was: json.nullable() })
export type ValueEdit = z.infer<typeof valueEditSchema>
export const valueEditsSchema = z.array(valueEditSchema).min(1).max(MOST_VALUES)

/** As they are kept: JSON by JSON pointers, and what the check said of the answer with them. */
export const storedEditsSchema = z.object({
  values: z.array(z.object({ path, json })).min(1).max(MOST_VALUES),
  check: z.custom<OutputCheck>((value) => typeof value === "object" && value !== null).optional(),
})
export type StoredEdits = z.infer<typeof storedEditsSchema>
