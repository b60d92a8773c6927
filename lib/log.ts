import { hideKeys } from "@/lib/hide-keys"

/** One line an event, never a stack over many lines, never a key or a message's text. */
export function logInfo(message: string): void {
  console.info(hideKeys(message.slice(0, READ)))
}

/** A fault in one line: where, what, and what caused it. */
export function logFault(where: string, error: unknown): void {
  console.error(`${where}: ${oneLine(error)}`)
}

/** Characters of a message that are read, and that are written. */
const READ = 4_000
const WRITTEN = 500
/** Causes of causes. */
const DEEPEST = 5

/** Keys are hidden before the line is cut: half a key is known by nobody, but given away. */
const tidy = (text: string) => hideKeys(text.slice(0, READ)).replace(/\s+/g, " ").slice(0, WRITTEN)

function oneLine(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return tidy(String(error))
  const first = tidy(`${error.name}: ${error.message}`)
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "))
  const cause = error.cause && depth < DEEPEST ? ` (cause: ${oneLine(error.cause, depth + 1)})` : ""
  return `${first}${cause}${at ? ` ${tidy(at.trim())}` : ""}`
}
