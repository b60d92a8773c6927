import { codeOf, ranSchema } from "@/lib/sandbox/ran"

export const runJavascriptInput = codeOf(
  "ECMAScript 2023, run as the body of an async function: await and return work. console.log prints",
)

/** What a run printed, and the value that it returned. */
export const runJavascriptOutput = ranSchema
