import { codeOf, ranSchema } from "@/lib/sandbox/ran"

export const runJavascriptInput = codeOf(
  "ECMAScript 2023, run as the body of an async function: await and return work. console.log prints",
)

/** A run's output, and the value it returned. */
export const runJavascriptOutput = ranSchema
