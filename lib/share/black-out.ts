/** Takes likely secrets out of texts and of JSON values. Pure. */
import { isRecord } from "@/lib/is-record"
import { findSecrets } from "@/lib/share/secrets"

/** What stands in the place of a secret: of one length, which tells nothing. */
export const BLACK = "██████"
/** Texts that are also taken out where nothing shows what they are: each is looked for everywhere. */
const MOST_BY_VALUE = 200
/** Shorter ones would be found within words. */
const SHORTEST_BY_VALUE = 6

export interface BlackOut {
  texts: ReadonlySet<string>
  /** Those that are taken out wherever they stand, longest first. */
  anywhere: readonly string[]
}

export function blackOutOf(texts: readonly string[]): BlackOut {
  const byLength = (a: string, b: string) => b.length - a.length
  const anywhere = texts.filter(({ length }) => length >= SHORTEST_BY_VALUE).sort(byLength)
  // As they stand in addresses, too: `?mail=anna%40firm.test` tells the same.
  const written = anywhere.slice(0, MOST_BY_VALUE).flatMap((text) => [text, encodeURIComponent(text.toWellFormed())])
  return { texts: new Set(texts), anywhere: [...new Set(written)].sort(byLength) }
}

/** The text without these secrets. */
export function blackedOut(text: string, { texts, anywhere }: BlackOut): string {
  if (texts.size === 0 || text === "") return text
  let result = ""
  let end = 0
  for (const { start, text: secret } of findSecrets(text)) {
    if (!texts.has(secret)) continue
    result += text.slice(end, start) + BLACK
    end = start + secret.length
  }
  result += text.slice(end)
  for (const secret of anywhere) if (result.includes(secret)) result = result.replaceAll(secret, BLACK)
  return result
}

/** The same of every text in a JSON value: names of members and numbers as well. */
export function blackedOutValue(value: unknown, black: BlackOut): unknown {
  if (typeof value === "string") return blackedOut(value, black)
  if (typeof value === "number") return blackedOut(String(value), black) === String(value) ? value : BLACK
  if (Array.isArray(value)) return value.map((item) => blackedOutValue(item, black))
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [blackedOut(name, black), blackedOutValue(member, black)]),
  )
}

/** The same of a text that is JSON, and stays it; of one that is none as of any text. */
export function blackedOutJson(text: string, black: BlackOut): string {
  const value = parsed(text)
  if (value === undefined) return blackedOut(text, black)
  const changed = blackedOutValue(value, black)
  if (JSON.stringify(changed) !== JSON.stringify(value)) return JSON.stringify(changed, null, 2)
  return isWhole(value, text) ? text : blackedOut(text, black)
}

/** Is all of a text in its value? Not of a member that is there twice, nor all digits of a large number. */
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

/** Of a text that is JSON those in it, else itself; both where it says more than its value. */
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
