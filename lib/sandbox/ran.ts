/** A model's code and its result as text, the same for each language. */
import { z } from "zod"
import { fullResultSchema } from "@/lib/ai/tools/whole"
import { MAX_PRINTED_CHARS } from "@/lib/sandbox/limits"

/** `described`: the description for the model. */
export const codeOf = (described: string) => z.object({ code: z.string().min(1).max(100_000).describe(described) })

/** The length at which the sandbox cuts it. */
const text = z.string().max(MAX_PRINTED_CHARS + 1_000)

export const ranSchema = z.object({
  /** Lines in order, cut if there are too many. */
  printed: text,
  /** Absent if there is none. */
  value: text.optional(),
  /** The exception that ended the run, with its traceback. */
  error: text.optional(),
  /** Milliseconds. */
  tookMs: z.number(),
  /** All that was printed and returned, if this contains only the beginning. Absent in shares. */
  whole: fullResultSchema.optional(),
  /** Some output was discarded. */
  cut: z.boolean().optional(),
})

/** What the model is told about a run. */
export const runForModel = ({ whole, ...told }: z.infer<typeof ranSchema>): string =>
  JSON.stringify({
    ...told,
    ...(whole && { note: "the output is truncated; the person can download all of it" }),
  })
