/** One line an event, never a stack over many lines, never a key or a message's text. */
export function logInfo(message: string): void {
  console.info(message)
}

/** A fault in one line: where, what, and what caused it. */
export function logFault(where: string, error: unknown): void {
  console.error(`${where}: ${oneLine(error)}`)
}

function oneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error).replace(/\s+/g, " ").slice(0, 500)
  const first = `${error.name}: ${error.message}`.replace(/\s+/g, " ").slice(0, 500)
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "))
  const cause = error.cause ? ` (cause: ${oneLine(error.cause)})` : ""
  return `${first}${cause}${at ? ` ${at.trim()}` : ""}`
}
