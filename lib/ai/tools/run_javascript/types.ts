import { z } from "zod"

export const runJavascriptInput = z.object({
  code: z
    .string()
    .min(1)
    .max(100_000)
    .describe("ECMAScript 2023, run as the body of an async function: await and return work. console.log prints"),
})

/** What a run printed, and the value that it returned, as text. */
export const runJavascriptOutput = z.object({
  /** Lines of `console`, in order; cut where there is too much. */
  printed: z.string(),
  /** Missing when nothing was returned. */
  value: z.string().optional(),
  /** The exception that ended it. */
  error: z.string().optional(),
  /** Milliseconds. */
  tookMs: z.number(),
  /** Something was left out. */
  cut: z.boolean().optional(),
})
