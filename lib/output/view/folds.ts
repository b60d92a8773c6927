/** Lines of JSON (`prettyJson`) that can be folded. Pure. */

export interface SourceLine {
  text: string
  /** The line that closes what this one opens; 0: it opens nothing. */
  end: number
  depth: number
}

/** The lines of a text that has a line for each member. Linear. */
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

/** Items of long lists are folded from the start: so many lines are read by nobody. */
export const isFoldedAtFirst = ({ end, depth }: SourceLine, lines: number): boolean =>
  end > 0 && lines > MOST_OPEN && depth >= 2

const MOST_OPEN = 1_000

/** The lines that are shown, by their numbers. */
export function shownLines(lines: SourceLine[], isFolded: (index: number) => boolean, most: number): number[] {
  const shown: number[] = []
  for (let index = 0; index < lines.length && shown.length < most; index++) {
    shown.push(index)
    const { end = 0 } = lines[index] ?? {}
    if (end > 0 && isFolded(index)) index = end
  }
  return shown
}
