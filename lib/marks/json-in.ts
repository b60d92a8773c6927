/** JSON in a text that people read. Pure; never throws. */

/** Characters that are read of one text, and brackets in it that open nothing. */
const MOST_CHARACTERS = 400_000
const MOST_TRIES = 50
/** Values that are read. */
const MOST_VALUES = 1_000

const FENCE = /^[ \t]*(?:```|~~~)[^\n]*\n([\s\S]*?)^[ \t]*(?:```|~~~)[ \t]*$/gm

/**
 * The whole of it, what fenced blocks hold, and objects and lists of lists or objects wherever they stand: on lines of their
 * own, in list items, in a sentence. Each part once.
 */
export const jsonIn = (given: string): unknown[] => takeJson(given).values

/** The same, and the text without them. */
export function takeJson(given: string): { values: unknown[]; rest: string } {
  const text = given.slice(0, MOST_CHARACTERS)
  const whole = parsed(text)
  if (whole !== undefined) return { values: [whole], rest: "" }
  const values: unknown[] = []
  const open = text.replace(FENCE, (_, inner: string) => {
    const value = parsed(inner)
    if (value === undefined) return `\n${inner}\n`
    values.push(value)
    return "\n"
  })
  const { found, rest } = bare(open)
  return { values: [...values, ...found], rest }
}

/** Where an object begins, or a list that isn't one of plain values; or anything on a line of its own. */
const BEGINS = /\{(?=\s*["'])|\[(?=\s*[[{])|(?=[[{])(?<=^[ \t]*)[[{]/gm

function bare(text: string): { found: unknown[]; rest: string } {
  const found: unknown[] = []
  const rest: string[] = []
  let behind = 0
  const begins = new RegExp(BEGINS)
  for (let tries = 0; tries < MOST_TRIES && found.length < MOST_VALUES; ) {
    const start = begins.exec(text)?.index
    if (start === undefined) break
    const end = endOf(text, start)
    const value = end === null ? undefined : parsed(text.slice(start, end))
    if (value !== undefined && end !== null) {
      found.push(value)
      rest.push(text.slice(behind, start))
      begins.lastIndex = behind = end
    } else {
      begins.lastIndex = start + 1
      tries++
    }
  }
  return { found, rest: [...rest, text.slice(behind)].join(" ") }
}

/** Behind the bracket that closes the one at `start`; null when it stays open. */
function endOf(text: string, start: number): number | null {
  let depth = 0
  let quoted = false
  for (let at = start; at < text.length; at++) {
    const sign = text[at]
    if (quoted) {
      if (sign === "\\") at++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === "[" || sign === "{") depth++
    else if ((sign === "]" || sign === "}") && --depth === 0) return at + 1
  }
  return null
}

/** An object or a list; undefined for all else. */
function parsed(text: string): object | undefined {
  const trimmed = text.trim()
  if (!/^[[{]/.test(trimmed)) return undefined
  return objectOf(trimmed) ?? objectOf(tidied(trimmed))
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

/** As models write it who mean Python: with single quotes, with a comma behind the last one. */
const tidied = (text: string): string =>
  (text.includes('"') ? text : text.replaceAll("'", '"')).replace(/,(\s*[\]}])/g, "$1")
