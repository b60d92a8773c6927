/** Foldable lines of JSON (`prettyJson`). Pure. */

export interface SourceLine {
  text: string
  /** Index of the line that closes what this one opens; 0 if it opens nothing. */
  end: number
  depth: number
}

/** The lines of a pretty-printed text. Linear. */
export function sourceLines(pretty: string): SourceLine[] {
  const open: SourceLine[] = []
  return pretty.split("\n").map((text, index) => {
    if (/^\s*[}\]]/.test(text)) {
      const begin = open.pop()
      if (begin) begin.end = index
    }
    const line = { text, end: 0, depth: open.length }
    if (/[{[]$/.test(text)) open.push(line)
    return line
  })
}

/** In a very long text, list items start folded: nobody reads that many lines. */
export const isFoldedAtFirst = ({ end, depth }: SourceLine, lines: number): boolean =>
  end > 0 && lines > MAX_OPEN && depth >= 2

const MAX_OPEN = 1_000

/** Indexes of the visible lines. */
export function shownLines(lines: SourceLine[], isFolded: (index: number) => boolean, most: number): number[] {
  const shown: number[] = []
  for (let index = 0; index < lines.length && shown.length < most; index++) {
    shown.push(index)
    const { end = 0 } = lines[index] ?? {}
    if (end > 0 && isFolded(index)) index = end
  }
  return shown
}
