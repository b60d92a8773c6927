/** How likely the words of an answer were, and their alternatives. Safe to import on both sides. */
import { z } from "zod"

const chance = z.number().min(0).max(1)

const wordSchema = z.object({
  /** As the model wrote it: often a part of a word, with its space. */
  text: z.string(),
  chance,
  /** Most likely first; the word itself may be included. */
  others: z.array(z.tuple([z.string(), chance])),
})
export type LikelyWord = z.infer<typeof wordSchema>

export const alternativesSchema = z.object({
  words: z.array(wordSchema),
  /** The answer had more words than are stored. */
  more: z.boolean(),
})
export type Alternatives = z.infer<typeof alternativesSchema>
