/** `calculate`: math.js (https://mathjs.org) in a worker thread, which is terminated when its time is up. */
import { calculateInput, calculateOutput } from "@/lib/ai/tools/calculate/types"
import { defineTool, ToolError } from "@/lib/ai/tools/define"
import { AppError } from "@/lib/http/errors"
import { sentence } from "@/lib/i18n/sentences"
import { work } from "@/lib/work/work"

const WORK_MS = 3_000

export default defineTool({
  name: "calculate",
  description:
    "Calculate exactly: arithmetic with big numbers, units and conversions, matrices, statistics, complex numbers, derivatives. Use it instead of calculating in your head. The person sees the typeset result.",
  input: calculateInput,
  output: calculateOutput,
  limits: { timeMs: 30_000, resultChars: 120_000, atOnce: 4 },
  may: { useNetwork: false, runUnasked: true },
  run: ({ expression }, { userId }) => calculateFor(userId, expression),
})

/** Throws `ToolError` if the expression is invalid or takes too long. */
export async function calculateFor(person: string, expression: string) {
  const done = await work("calculate", { person, ms: WORK_MS }, expression).catch((cause: unknown) => {
    if (cause instanceof AppError && cause.code === "work:too_much")
      throw new ToolError(sentence("calculate:too_much"), { cause })
    throw cause
  })
  if ("wrong" in done) throw new ToolError(sentence("calculate:wrong", { why: done.wrong }))
  return done
}
