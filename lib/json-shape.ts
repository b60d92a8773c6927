/**
 * What a text of JSON will cost, before it is parsed: how deep lists and objects stand in each other, and how many values
 * there are. What is too deep can be parsed, but neither walked nor written again; half a million keys take seconds.
 */

/** Levels that are read: schemas may have 32, no answer of a model has a hundred. */
export const MOST_LEVELS = 200

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44]
/** `[` and `]`; `{` and `}` are 32 behind them. */
const [OPEN, CLOSE] = [91, 93]

/** The shape of a text that comes in pieces. Linear. */
export class JsonShape {
  /** The deepest level so far, */
  deepest = 0
  /** and the values, lists and objects included. */
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

/** Is a text of JSON deeper than is read, or has it more values? `mostValues`: at least 200. */
export function isTooMuch(text: string, mostValues: number): boolean {
  // Each level has an end of its own.
  if (text.length <= 2 * MOST_LEVELS) return false
  const shape = new JsonShape()
  shape.feed(text)
  return shape.deepest > MOST_LEVELS || shape.values > mostValues
}
