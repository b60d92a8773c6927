/**
 * How deep lists and objects stand in each other in a text of JSON. What is deeper than anything a model means can be
 * parsed, but neither walked nor written again: both call themselves once a level.
 */

/** Levels that are read: schemas may have 32, no answer of a model has a hundred. */
export const MOST_LEVELS = 200

const [QUOTE, BACKSLASH] = [34, 92]
/** `[` and `{`, `]` and `}`: the second of each is 32 behind the first. */
const [OPEN, CLOSE] = [91, 93]

/** The deepest level of a text that comes in pieces. Linear. */
export class Levels {
  deepest = 0
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
      else if (code === OPEN || code === OPEN + 32) {
        if (++this.level > this.deepest) this.deepest = this.level
      } else if (code === CLOSE || code === CLOSE + 32) this.level--
    }
  }
}

/** Is a text of JSON deeper than is read? */
export function isTooDeep(text: string): boolean {
  // Each level has an end of its own.
  if (text.length <= 2 * MOST_LEVELS) return false
  const levels = new Levels()
  levels.feed(text)
  return levels.deepest > MOST_LEVELS
}
