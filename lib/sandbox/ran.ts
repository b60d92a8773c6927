/** What code of a model is, and what came of it, as text: the same for each language. */
import { z } from "zod"
import { wholeSchema } from "@/lib/ai/tools/whole"
import { MOST_PRINTED } from "@/lib/sandbox/limits"

/** `described`: what the model is told of it. */
export const codeOf = (described: string) => z.object({ code: z.string().min(1).max(100_000).describe(described) })

/** As the sandbox cuts it. */
const text = z.string().max(MOST_PRINTED + 1_000)

export const ranSchema = z.object({
  /** Lines in order; cut where there is too much. */
  printed: text,
  /** Missing when there was none. */
  value: text.optional(),
  /** The exception that ended it, with its trace. */
  error: text.optional(),
  /** Milliseconds. */
  tookMs: z.number(),
  /** All that was printed and returned, where only the beginning is here. Missing where it is shared. */
  whole: wholeSchema.optional(),
  /** Something was left out, and is nowhere. */
  cut: z.boolean().optional(),
})

/** What the model is told of it. */
export const toldRun = ({ whole, ...told }: z.infer<typeof ranSchema>): string =>
  JSON.stringify({
    ...told,
    ...(whole && { note: "only the beginning of the output is here; the person can download all of it" }),
  })
