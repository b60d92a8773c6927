/** Results of which a model gets a part: the whole is a file of the person's. Safe to import on both sides. */
import { z } from "zod"
import { cut } from "@/lib/cut"

/** A file that holds all of a result. */
export const wholeSchema = z.object({
  id: z.uuid(),
  name: z.string().max(255),
  /** Bytes. */
  size: z.number(),
})
export type Whole = z.infer<typeof wholeSchema>

/** Keeps a text as a file of the person's, which belongs to the conversation; null where it can't be kept. Never rejects. */
export type KeepWhole = (file: { name: string; text: string }) => Promise<Whole | null>

/** Stands for a result that is longer than its tool may return. */
export const cutResult = z.strictObject({
  /** The beginning, as JSON. */
  beginning: z.string(),
  /** Characters of all of it. */
  characters: z.number(),
  /** Missing where it is shared. */
  whole: wholeSchema.optional(),
})
type CutResult = z.infer<typeof cutResult>

/** The beginning of a result as JSON, in so many characters. */
export const cutResultOf = (json: string, limit: number, whole: Whole): CutResult => ({
  beginning: cut(json, limit),
  characters: json.length,
  whole,
})

/** As a model is told of it. */
export const toldCut = ({ beginning, characters }: CutResult): string =>
  `${beginning}\n\n(The first ${beginning.length} of ${characters} characters. The person can download the whole.)`
