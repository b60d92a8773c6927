/** Finds JSON in text. Pure; never throws. */

/** Maximum characters of a text, and opening brackets in it that turn out not to be JSON. */
const MAX_CHARACTERS = 400_000
const MAX_TRIES = 50
/** Maximum values. */
const MAX_VALUES = 1_000

const FENCE = /^[ \t]*(?:```|~~~)[^\n]*\n([\s\S]*?)^[ \t]*(?:```|~~~)[ \t]*$/gm

/**
 * The whole text, the content of fenced blocks, and objects and lists of lists or objects anywhere: on separate lines,
 * in list items, in a sentence. Each part once.
 */
export const jsonIn = (given: string): unknown[] => takeJson(given).values

/** The same, and the text without these values. */
export function takeJson(given: string): { values: unknown[]; rest: string } {
  const text = given.slice(0, MAX_CHARACTERS)
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

/** The start of an object, of a list that contains lists or objects, or of anything on its own line. */
const BEGINS = /\{(?=\s*["'])|\[(?=\s*[[{])|(?=[[{])(?<=^[ \t]*)[[{]/gm

function bare(text: string): { found: unknown[]; rest: string } {
  const found: unknown[] = []
  const rest: string[] = []
  let behind = 0
  const begins = new RegExp(BEGINS)
  for (let tries = 0; tries < MAX_TRIES && found.length < MAX_VALUES; ) {
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

/** The position after the bracket that closes the one at `start`; null if it isn't closed. */
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

/** An object or a list; undefined for anything else. */
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

/** Converts Python-like notation, which some models write: single quotes, trailing commas. */
const tidied = (text: string): string =>
  (text.includes('"') ? text : text.replaceAll("'", '"')).replace(/,(\s*[\]}])/g, "$1")
