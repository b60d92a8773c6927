/** The parts of an error that may be logged: what went wrong and where, but no text of people or models. */

import { isRecord } from "@/lib/is-record"
import { redactKeys } from "@/lib/redact-keys"

/** Maximum characters of a message that are read, and that are written. */
const READ = 4_000
const WRITTEN = 500
/** Maximum nesting of causes. */
const DEEPEST = 5

const ESCAPES = new RegExp(String.raw`${String.fromCharCode(27)}\[[\d;]*m`, "g")

/** Hides keys before cutting the line: half a key isn't recognized, but still gives it away. */
export const shortened = (text: string): string => redactKeys(text.slice(0, READ)).replace(ESCAPES, "").trim()

/** Keeps only the host of a URL; its path may contain a token, its user part a password. */
const ADDRESS = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)(?:[^\s/?#"'<>]*@)?([^\s/?#"'<>)]+)[/?#][^\s"'<>)]*/gi
const MAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

const tidy = (text: string): string =>
  redactKeys(text.slice(0, READ))
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

/** An error and its causes. `quoting`: includes the messages of a model server, which may repeat the request. */
export function describeError(error: unknown, quoting = false, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { name: "Error", message: tidy(wordsOf(error, quoting)) }
  const at = error.stack?.split("\n").find((line) => line.trimStart().startsWith("at "))
  const cause = error.cause && depth < DEEPEST ? describeError(error.cause, quoting, depth + 1) : undefined
  const message = tidy(messageOf(error, quoting))
  return { name: tidy(error.name), message, ...(at && { at: tidy(at.trim()) }), ...(cause && { cause }) }
}

/** The same on one line. */
export function errorLine(error: unknown, quoting = false): string {
  if (!(error instanceof Error)) return describeError(error, quoting).message
  return inLine(describeError(error, quoting))
}

const inLine = ({ name, message, at, cause }: ErrorFields): string =>
  `${name}: ${message}${cause ? ` (cause: ${inLine(cause)})` : ""}${at ? ` ${at}` : ""}`

/** A thrown value that isn't an error; from a model server, it counts as its text. */
const wordsOf = (value: unknown, quoting: boolean): string =>
  typeof value === "object" && value !== null && !quoting ? "details only with LOG_LEVEL=debug" : String(value)

function messageOf(error: Error, quoting: boolean): string {
  const { name, message } = error
  if (quoting) return message
  // An `AppError`, without the server's message.
  if ("withoutWords" in error && typeof error.withoutWords === "string") return error.withoutWords
  // The AI SDK's messages quote bodies and prompts.
  if (name.startsWith("AI_")) return statusOf(error)
  // Node.js quotes the invalid JSON text, Prisma its input values.
  if (name === "SyntaxError" && /JSON/.test(message)) return "invalid JSON"
  if (name.startsWith("PrismaClient")) return message.trim().split("\n").at(-1) ?? ""
  return message
}

function statusOf(error: Error): string {
  const status = isRecord(error) ? error.statusCode : undefined
  return typeof status === "number" ? `status ${status}` : "details only with LOG_LEVEL=debug"
}
