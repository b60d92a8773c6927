/** Streams the elements of a large JSON array; only one is in memory at a time. Works on UTF-8 bytes. */

/** One element, or a note that it exceeds the limits. */
export type Element = { text: string } | { tooLarge: true }

export interface ElementLimits {
  /** Maximum size in bytes of one element. */
  bytes: number
  levels: number
  /** Maximum number of values, including lists and objects. */
  values: number
}

const [QUOTE, BACKSLASH, COMMA] = [34, 92, 44]
/** `[` and `]`; `{` and `}` are 32 higher. */
const [OPEN, CLOSE] = [91, 93]
const isSpace = (byte: number) => byte === 32 || byte === 10 || byte === 13 || byte === 9

/**
 * Yields each element of an array, or any other value as a whole. Invalid JSON is passed on, for the parser to report.
 * An element over the limits is only reported as too large, and reading continues with the next one.
 */
export async function* elementsOf(bytes: AsyncIterable<Buffer>, limits: ElementLimits): AsyncGenerator<Element, void> {
  const scan = new Scan(limits)
  for await (const piece of bytes) yield* scan.feed(piece)
  yield* scan.end()
}

class Scan {
  /** Null until the first non-whitespace byte. */
  private array: boolean | null = null
  private level = 0
  private inString = false
  private escaped = false
  private kept: Buffer[] = []
  private size = 0
  private deepest = 0
  private values = 0
  private over = false
  private first = true

  constructor(private readonly limits: ElementLimits) {}

  *feed(piece: Buffer): Generator<Element, void> {
    let at = this.first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? 3 : 0
    this.first = false
    if (this.array === null) {
      while (at < piece.length && isSpace(piece[at] ?? 0)) at++
      if (at === piece.length) return
      this.array = piece[at] === OPEN
      if (this.array) at++
    }
    let from = at
    for (; at < piece.length && !this.over; at++) {
      const byte = piece[at] ?? 0
      if (this.escaped) this.escaped = false
      else if (this.inString) {
        if (byte === BACKSLASH) this.escaped = true
        else if (byte === QUOTE) this.inString = false
      } else if (byte === QUOTE) this.inString = true
      else if (byte === OPEN || byte === OPEN + 32) this.open()
      else if (byte === COMMA) {
        if (this.array && this.level === 0) {
          yield* this.take(piece.subarray(from, at))
          from = at + 1
        } else this.values++
      } else if (byte === CLOSE || byte === CLOSE + 32) {
        if (this.array && this.level === 0) {
          yield* this.take(piece.subarray(from, at))
          // Anything after the array is ignored.
          this.over = true
          return
        }
        this.level--
      }
    }
    this.keep(piece.subarray(from, at))
  }

  *end(): Generator<Element, void> {
    if (!this.over && this.array !== null) yield* this.take(Buffer.alloc(0))
  }

  private open(): void {
    this.values++
    if (++this.level > this.deepest) this.deepest = this.level
  }

  private keep(piece: Buffer): void {
    this.size += piece.length
    if (this.isTooMuch()) this.kept = []
    else if (piece.length > 0) this.kept.push(piece)
  }

  private isTooMuch(): boolean {
    return this.size > this.limits.bytes || this.deepest > this.limits.levels || this.values > this.limits.values
  }

  private *take(last: Buffer): Generator<Element, void> {
    this.keep(last)
    const tooLarge = this.isTooMuch()
    const text = tooLarge ? "" : Buffer.concat(this.kept).toString("utf8")
    this.kept = []
    this.size = this.deepest = this.values = 0
    if (tooLarge) yield { tooLarge }
    else if (text.trim() !== "") yield { text }
  }
}
