/** JSON in a text that people read. Pure; never throws. */

/** Characters that are read of one text, and values that are tried in it. */
const MOST_CHARACTERS = 400_000
const MOST_TRIES = 50

const FENCE = /^[ \t]*(?:```|~~~)[^\n]*\n([\s\S]*?)^[ \t]*(?:```|~~~)[ \t]*$/gm

/** The whole of it, what fenced blocks hold, and what begins on a line of its own, in their order; each part once. */
export function jsonIn(given: string): unknown[] {
  const text = given.slice(0, MOST_CHARACTERS)
  const whole = parsed(text)
  if (whole !== undefined) return [whole]
  const blocks = [...text.matchAll(FENCE)].flatMap(([, inner = ""]) => {
    const value = parsed(inner)
    return value === undefined ? [] : [value]
  })
  return [...blocks, ...bare(text.replace(FENCE, "\n"))]
}

function bare(text: string): unknown[] {
  const found: unknown[] = []
  const begins = /^[ \t]*(?=[[{])/gm
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const match = begins.exec(text)
    if (!match) break
    const start = match.index + match[0].length
    const end = endOf(text, start)
    const value = end === null ? undefined : parsed(text.slice(start, end))
    if (value !== undefined && end !== null) {
      found.push(value)
      begins.lastIndex = end
    } else begins.lastIndex = start + 1
  }
  return found
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
  try {
    const value: unknown = JSON.parse(trimmed)
    return typeof value === "object" && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
