/** A sentence that is not yet in a language, as it is stored and as threads send it to each other. Safe to import on both sides. */
import { z } from "zod"

export interface Sentence {
  /** In the catalogue of sentences (`en.sentences.json`). */
  key: string
  values?: Values
  /** What a server said, quoted behind it as it is. */
  words?: string
}

export type Values = Record<string, Value>
/** Lists are written as the language writes them: “a, b, and c”. */
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
