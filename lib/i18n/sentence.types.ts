/**
 * A sentence without a language yet, in the form in which it is stored and sent between threads. Safe to import on both
 * sides.
 */
import { z } from "zod"

export interface Sentence {
  /** In the catalogue of sentences (`en.sentences.json`). */
  key: string
  values?: Values
  /** A server's own message, quoted unchanged after the sentence. */
  words?: string
}

export type Values = Record<string, Value>
/** Lists are formatted by the language's rules: “a, b, and c”. */
export type Value = string | number | Sentence | { list: (string | Sentence)[]; as: "and" | "or" }

export const sentenceSchema: z.ZodType<Sentence> = z.lazy(() =>
  z.object({ key: z.string(), values: z.record(z.string(), valueSchema).optional(), words: z.string().optional() }),
)

const valueSchema: z.ZodType<Value> = z.union([
  z.string(),
  z.number(),
  z.object({ list: z.array(z.union([z.string(), sentenceSchema])), as: z.enum(["and", "or"]) }),
  sentenceSchema,
])
