import { z } from "zod"
import { codeOf, ranSchema } from "@/lib/sandbox/ran"

export const runPythonInput = codeOf(
  "Python 3.14 with the standard library, run as a script; await works. print() prints; the value of the last line is shown",
)

/** A file written by the code, for the user to download. */
export const writtenFile = z.object({
  id: z.uuid(),
  name: z.string().max(255),
  /** Bytes. */
  size: z.number(),
})

/** A run's output, its last value as text, the files it wrote, and charts in the format of `show_chart`. */
export const runPythonOutput = ranSchema.extend({
  files: z.array(writtenFile).max(20).optional(),
  /** Files it wrote that couldn't be stored, and why. */
  unkept: z
    .array(z.object({ name: z.string().max(255), reason: z.string().max(1_000) }))
    .max(20)
    .optional(),
  /** Arguments of `sparkler.show_chart(…)`: the input of the tool `show_chart`. */
  charts: z.array(z.record(z.string(), z.unknown())).max(8).optional(),
})
export type RunPythonOutput = z.infer<typeof runPythonOutput>
