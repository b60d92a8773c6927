/**
 * Where the values of a structured answer come from: quotes by the model, verified by the server. Safe to import on
 * both sides.
 */
import { z } from "zod"
import { idSchema } from "@/lib/ids"

/** A place where a quote was found. Offsets are UTF-16 code units of its text. */
export const sourcePlaceSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), messageId: idSchema, start: z.number(), length: z.number() }),
  z.object({ kind: z.literal("file"), messageId: idSchema, name: z.string(), start: z.number(), length: z.number() }),
  z.object({
    kind: z.literal("document"),
    documentId: idSchema,
    page: z.number(),
    start: z.number(),
    length: z.number(),
  }),
])
export type SourcePlace = z.infer<typeof sourcePlaceSchema>

export const valueSourceSchema = z.object({
  /** JSON Pointer to the value. */
  path: z.string(),
  /** What the model says it read. */
  quote: z.string(),
  /** Null: no source contains it. */
  place: sourcePlaceSchema.nullable(),
})
export type ValueSource = z.infer<typeof valueSourceSchema>

export const storedSourcesSchema = z.object({ values: z.array(valueSourceSchema) })
export type StoredSources = z.infer<typeof storedSourcesSchema>
