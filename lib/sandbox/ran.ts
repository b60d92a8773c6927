/** What code of a model is, and what came of it, as text: the same for each language. */
import { z } from "zod"

/** `described`: what the model is told of it. */
export const codeOf = (described: string) => z.object({ code: z.string().min(1).max(100_000).describe(described) })

export const ranSchema = z.object({
  /** Lines in order; cut where there is too much. */
  printed: z.string(),
  /** Missing when there was none. */
  value: z.string().optional(),
  /** The exception that ended it, with its trace. */
  error: z.string().optional(),
  /** Milliseconds. */
  tookMs: z.number(),
  /** Something was left out. */
  cut: z.boolean().optional(),
})
