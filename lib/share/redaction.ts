/** Redacts likely secrets in text and JSON values. Pure. */
import { isRecord } from "@/lib/is-record"
import { findSecrets } from "@/lib/share/secrets"

/** Replaces a secret; its fixed length reveals nothing. */
export const REDACTED_TEXT = "██████"
/** Maximum number of secrets that are also redacted by value: each is searched for everywhere. */
const MAX_BY_VALUE = 200
/** Shorter ones would match within words. */
const SHORTEST_BY_VALUE = 6

export interface RedactionRules {
  texts: ReadonlySet<string>
  /** Secrets redacted wherever they occur, longest first. */
  anywhere: readonly string[]
}

export function createRedaction(texts: readonly string[]): RedactionRules {
  const byLength = (a: string, b: string) => b.length - a.length
  const anywhere = texts.filter(({ length }) => length >= SHORTEST_BY_VALUE).sort(byLength)
  // Also as URL-encoded: `?mail=anna%40firm.test` reveals the same.
  const written = anywhere.slice(0, MAX_BY_VALUE).flatMap((text) => [text, encodeURIComponent(text.toWellFormed())])
  return { texts: new Set(texts), anywhere: [...new Set(written)].sort(byLength) }
}

/** The text with these secrets redacted. */
export function redactText(text: string, { texts, anywhere }: RedactionRules): string {
  if (texts.size === 0 || text === "") return text
  let result = ""
  let end = 0
  for (const { start, text: secret } of findSecrets(text)) {
    if (!texts.has(secret)) continue
    result += text.slice(end, start) + REDACTED_TEXT
    end = start + secret.length
  }
  result += text.slice(end)
  for (const secret of anywhere) if (result.includes(secret)) result = result.replaceAll(secret, REDACTED_TEXT)
  return result
}

/** Redacts every text in a JSON value, including member names and numbers. */
export function redactJsonValue(value: unknown, black: RedactionRules): unknown {
  if (typeof value === "string") return redactText(value, black)
  if (typeof value === "number") return redactText(String(value), black) === String(value) ? value : REDACTED_TEXT
  if (Array.isArray(value)) return value.map((item) => redactJsonValue(item, black))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [redactText(name, black), redactJsonValue(member, black)]),
  )
}

/** Redacts JSON text and keeps it valid JSON; any other text is redacted as plain text. */
export function redactJsonText(text: string, black: RedactionRules): string {
  const value = parsed(text)
  if (value === undefined) return redactText(text, black)
  const changed = redactJsonValue(value, black)
  if (JSON.stringify(changed) !== JSON.stringify(value)) return JSON.stringify(changed, null, 2)
  return isWhole(value, text) ? text : redactText(text, black)
}

/**
 * Whether the parsed value contains everything in the text. Duplicate members and extra digits of large numbers get
 * lost.
 */
const isWhole = (value: unknown, text: string): boolean =>
  JSON.stringify(value) === text.replace(/("(?:[^"\\]+|\\.)*")|\s+/g, "$1")

/** All texts in a JSON value. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === "string") yield value
  else if (typeof value === "number") yield String(value)
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item)
  else if (isRecord(value))
    for (const [name, member] of Object.entries(value)) {
      yield name
      yield* textsIn(member)
    }
}

/** The texts in a JSON text, or the text itself if it isn't JSON; both if the text contains more than its value. */
export function* textsInJson(text: string): Generator<string> {
  const value = parsed(text)
  if (value !== undefined) yield* textsIn(value)
  if (value === undefined || !isWhole(value, text)) yield text
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
