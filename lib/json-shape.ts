/**
 * Estimates what a JSON text costs before it is parsed: its nesting depth and its number of values. Text that is nested
 * too deeply can be parsed, but not traversed or serialized again; half a million keys take seconds.
 */

/** Maximum levels: schemas may have 32, and no model's answer has a hundred. */
export const MAX_JSON_DEPTH = 200

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44]
/** `[` and `]`; the codes of `{` and `}` are 32 higher. */
const [OPEN, CLOSE] = [91, 93]

/** The shape of a text that arrives in chunks. Linear time. */
export class JsonShape {
  /** The deepest level so far, */
  deepest = 0
  /** and the number of values, including arrays and objects. */
  values = 0
  private level = 0
  private inString = false
  private escaped = false

  feed(piece: string): void {
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (this.escaped) this.escaped = false
      else if (this.inString) {
        if (code === BACKSLASH) this.escaped = true
        else if (code === QUOTE) this.inString = false
      } else if (code === QUOTE) this.inString = true
      else if (code === COMMA) this.values++
      else if (code === OPEN || code === OPEN + 32) {
        this.values++
        if (++this.level > this.deepest) this.deepest = this.level
      } else if (code === CLOSE || code === CLOSE + 32) this.level--
    }
  }
}

/** Whether a JSON text is nested too deeply or has more values than `mostValues` (at least 200). */
export function isTooMuch(text: string, mostValues: number): boolean {
  // Each level needs a closing bracket.
  if (text.length <= 2 * MAX_JSON_DEPTH) return false
  const shape = new JsonShape()
  shape.feed(text)
  return shape.deepest > MAX_JSON_DEPTH || shape.values > mostValues
}
