/**
 * Results of which a model gets only a part: the whole is stored as a file of the user. Safe to import on both sides.
 */
import { z } from "zod"
import { cut } from "@/lib/cut"

/** The file with the entire result. */
export const fullResultSchema = z.object({
  id: z.uuid(),
  name: z.string().max(255),
  /** Bytes. */
  size: z.number(),
})
export type Whole = z.infer<typeof fullResultSchema>

/** Stores a text as a file of the user that belongs to the conversation; null if it can't be stored. Never rejects. */
export type StoreFullResult = (file: { name: string; text: string }) => Promise<Whole | null>

/** Replaces a result that is longer than its tool may return. */
export const cutResult = z.strictObject({
  /** The beginning, as JSON. */
  beginning: z.string(),
  /** Characters of the whole result. */
  characters: z.number(),
  /** Missing in a shared conversation. */
  whole: fullResultSchema.optional(),
})
type CutResult = z.infer<typeof cutResult>

/** The beginning of a result as JSON, in at most `limit` characters. */
export const cutResultOf = (json: string, limit: number, whole: Whole): CutResult => ({
  beginning: cut(json, limit),
  characters: json.length,
  whole,
})

/** The form the model gets. */
export const cutResultForModel = ({ beginning, characters }: CutResult): string =>
  `${beginning}\n\n(The first ${beginning.length} of ${characters} characters. The person can download the full result.)`
