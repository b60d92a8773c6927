/** What of an error may stand in the log: what went wrong and where, nothing of what people and models wrote. */
import { hideKeys } from "@/lib/hide-keys"
import { isRecord } from "@/lib/is-record"

/** Characters of a message that are read, and that are written. */
const READ = 4_000
const WRITTEN = 500
/** Causes of causes. */
const DEEPEST = 5

const ESCAPES = new RegExp(String.raw`${String.fromCharCode(27)}\[[\d;]*m`, "g")

/** Keys are hidden before the line is cut: half a key is known by nobody, but given away. */
export const shortened = (text: string): string => hideKeys(text.slice(0, READ)).replace(ESCAPES, "").trim()

/** An address's host is told; its path may hold a token, its user a password. */
const ADDRESS = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)(?:[^\s/?#"'<>]*@)?([^\s/?#"'<>)]+)[/?#][^\s"'<>)]*/gi
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

const tidy = (text: string): string =>
  hideKeys(text.slice(0, READ))
    .replace(ADDRESS, "$1$2/…")
    .replace(MAIL, "[address]")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, WRITTEN)

export interface ErrorFields {
  name: string
  message: string
  /** The first line of its stack. */
  at?: string
  cause?: ErrorFields
}

/**
 * An error and its causes. `quoting`: also with the words of a model server, which may repeat what it was sent.
 */
export function describeError(error: unknown, quoting = false, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { name: "Error", message: tidy(wordsOf(error, quoting)) }
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "))
  const cause = error.cause && depth < DEEPEST ? describeError(error.cause, quoting, depth + 1) : undefined
  const message = tidy(messageOf(error, quoting))
  return { name: tidy(error.name), message, ...(at && { at: tidy(at.trim()) }), ...(cause && { cause }) }
}

/** The same in one line. */
export function errorLine(error: unknown, quoting = false): string {
  if (!(error instanceof Error)) return describeError(error, quoting).message
  return inLine(describeError(error, quoting))
}

const inLine = ({ name, message, at, cause }: ErrorFields): string =>
  `${name}: ${message}${cause ? ` (cause: ${inLine(cause)})` : ""}${at ? ` ${at}` : ""}`

/** Something thrown that is no error: a value of a model server is its words. */
const wordsOf = (value: unknown, quoting: boolean): string =>
  typeof value === "object" && value !== null && !quoting ? "not told here; LOG_LEVEL=debug does" : String(value)

function messageOf(error: Error, quoting: boolean): string {
  const { name, message } = error
  if (quoting) return message
  // An `AppError`, without what a server said.
  if ("withoutWords" in error && typeof error.withoutWords === "string") return error.withoutWords
  // The AI SDK's messages quote bodies and prompts.
  if (name.startsWith("AI_")) return statusOf(error)
  // Node.js quotes the text that is no JSON, Prisma the values that it was given.
  if (name === "SyntaxError" && /JSON/.test(message)) return "invalid JSON"
  if (name.startsWith("PrismaClient")) return message.trim().split("\n").at(-1) ?? ""
  return message
}

function statusOf(error: Error): string {
  const status = isRecord(error) ? error.statusCode : undefined
  return typeof status === "number" ? `status ${status}` : "not told here; LOG_LEVEL=debug does"
}
