/** Where the values of a structured answer come from: quotes of the model, checked by the server. Safe to import on both sides. */
import { z } from "zod"
import { idSchema } from "@/lib/ids"

/** A place that a quote was found at. Offsets are UTF-16 units of the text there. */
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
  /** JSON pointer of the value. */
  path: z.string(),
  /** What the model says that it read. */
  quote: z.string(),
  /** Null: it stands in no source. */
  place: sourcePlaceSchema.nullable(),
})
export type ValueSource = z.infer<typeof valueSourceSchema>

export const storedSourcesSchema = z.object({ values: z.array(valueSourceSchema) })
export type StoredSources = z.infer<typeof storedSourcesSchema>
