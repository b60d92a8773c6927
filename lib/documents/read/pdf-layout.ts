/**
 * The words of a page in reading order, with their positions: lines, columns, paragraphs, headings. A PDF has its words
 * in the order in which they were drawn. Pure.
 */

/** Words that were drawn together. In points, from the top left of the upright page. */
export interface Run {
  text: string
  x: number
  /** Of its top edge. */
  y: number
  width: number
  height: number
  /** Font size in points. */
  size: number
}

export interface LaidOut {
  text: string
  /** `[start, length, x, y, width, height]` of each word; positions in tenths of a point. */
  boxes: number[]
}

interface Line {
  runs: Run[]
  x: number
  right: number
  y: number
  bottom: number
  size: number
}

export function layOut(runs: Run[]): LaidOut {
  const shown = runs.filter(({ text, width }) => text.trim() !== "" && Number.isFinite(width))
  const body = commonSize(shown)
  const out = new Writer(body)
  for (const column of columnsOf(linesOf(shown, body))) out.column(column)
  return out.end()
}

/** The size of most letters. */
function commonSize(runs: Run[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of runs) {
    const rounded = Math.round(size * 2) / 2
    letters.set(rounded, (letters.get(rounded) ?? 0) + text.length)
  }
  const [most] = [...letters].sort(([, a], [, b]) => b - a)
  return most?.[0] || 10
}

/**
 * A gap, as a multiple of the font size, above which two runs at the same height are separate lines: columns, or cells.
 */
const GAP = 1.2

/** Adjacent runs without a wide gap form a line. */
function linesOf(runs: Run[], body: number): Line[] {
  const lines: Line[] = []
  const rows: { y: number; bottom: number; runs: Run[] }[] = []
  for (const run of runs.toSorted((a, b) => a.y + a.height / 2 - (b.y + b.height / 2))) {
    const middle = run.y + run.height / 2
    const row = rows.findLast(({ y, bottom }, at) => at >= rows.length - 8 && middle > y && middle < bottom)
    if (!row || run.height > (row.bottom - row.y) * 2.5) {
      rows.push({ y: run.y, bottom: run.y + run.height, runs: [run] })
      continue
    }
    row.runs.push(run)
  }
  for (const row of rows) {
    let line: Line | undefined
    for (const run of row.runs.toSorted((a, b) => a.x - b.x)) {
      if (!line || run.x - line.right > GAP * Math.max(run.size, body * 0.7)) {
        line = { runs: [], x: run.x, right: run.x, y: run.y, bottom: run.y, size: 0 }
        lines.push(line)
      }
      line.runs.push(run)
      line.right = Math.max(line.right, run.x + run.width)
      line.y = Math.min(line.y, run.y)
      line.bottom = Math.max(line.bottom, run.y + run.height)
      line.size = Math.max(line.size, run.size)
    }
  }
  return lines
}

const letters = ({ runs }: Line): number => runs.reduce((sum, { text }) => sum + text.length, 0)

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Minimum number of lines and letters on each side of a gutter; with fewer it is a table. */
const MIN_LINES = 4
const MIN_LETTERS = 14

/**
 * Groups the lines into columns: a line across the gutter ends the columns above it. A gutter is a strip that only the
 * widest lines touch, with running text on both sides.
 */
function columnsOf(lines: Line[]): Line[][] {
  const gutter = gutterOf(lines)
  if (gutter === null) return [byHeight(lines)]
  const columns: Line[][] = []
  let [left, right]: [Line[], Line[]] = [[], []]
  const flush = () => {
    for (const side of [left, right]) if (side.length > 0) columns.push(...columnsOf(side))
    ;[left, right] = [[], []]
  }
  let across: Line[] = []
  for (const line of byHeight(lines)) {
    if (line.right <= gutter || line.x >= gutter) {
      if (across.length > 0) columns.push(across)
      across = []
      if (line.right <= gutter) left.push(line)
      else right.push(line)
    } else {
      flush()
      across.push(line)
    }
  }
  flush()
  if (across.length > 0) columns.push(across)
  return columns
}

const byHeight = (lines: Line[]): Line[] =>
  lines.toSorted((a, b) =>
    Math.abs(a.y + a.bottom - b.y - b.bottom) < Math.min(a.size, b.size) ? a.x - b.x : a.bottom - b.bottom,
  )

function gutterOf(lines: Line[]): number | null {
  if (lines.length < 2 * MIN_LINES) return null
  const [from, to] = [Math.min(...lines.map(({ x }) => x)), Math.max(...lines.map(({ right }) => right))]
  const width = to - from
  const narrow = lines.filter((line) => line.right - line.x < width * 0.6).toSorted((a, b) => a.x - b.x)
  let right = Number.NEGATIVE_INFINITY
  for (const line of narrow) {
    const middle = (right + line.x) / 2
    if (line.x - right > 6 && middle > from + width * 0.15 && middle < to - width * 0.15 && isGutter(lines, middle))
      return middle
    right = Math.max(right, line.right)
  }
  return null
}

function isGutter(lines: Line[], at: number): boolean {
  const sides = [lines.filter(({ right }) => right <= at), lines.filter(({ x }) => x >= at)]
  const across = lines.length - sides.reduce((sum, side) => sum + side.length, 0)
  return (
    across <= lines.length * 0.4 &&
    sides.every((side) => side.length >= MIN_LINES && median(side.map(letters)) >= MIN_LETTERS)
  )
}

/** How much larger than the body text a heading is. */
const HEADING = 1.15

class Writer {
  private text = ""
  private readonly boxes: number[] = []

  constructor(private readonly body: number) {}

  column(lines: Line[]): void {
    const gap = median(
      lines
        .slice(1)
        .map((line, at) => line.bottom - (lines[at]?.bottom ?? 0))
        .filter((step) => step > 0),
    )
    let before: Line | undefined
    for (const line of lines) {
      this.between(before, line, gap)
      this.line(line, before)
      before = line
    }
  }

  private between(before: Line | undefined, line: Line, gap: number): void {
    if (!before) {
      if (this.text) this.text += "\n\n"
      return
    }
    const step = line.bottom - before.bottom
    // In the same row: table cells.
    if (Math.abs(step) < Math.min(line.size, before.size) * 0.6 && line.x > before.right) this.text += " | "
    else if (step < 0 || step > gap * 1.35 || this.level(line) !== this.level(before)) this.text += "\n\n"
    else this.text += "\n"
  }

  /** 0 for no heading. Bold text of the same size isn't one: it may as well be a word in a sentence. */
  private level({ size, runs }: Line): number {
    if (size < this.body * HEADING || runs.reduce((sum, { text }) => sum + text.length, 0) > 160) return 0
    return size > this.body * 1.7 ? 1 : size > this.body * 1.35 ? 2 : 3
  }

  private line(line: Line, before: Line | undefined): void {
    const level = this.level(line)
    if (level > 0 && (!before || this.text.endsWith("\n"))) this.text += `${"#".repeat(level)} `
    let right: number | undefined
    for (const run of line.runs) {
      // Letters drawn individually form a word; a gap between two runs is a space.
      const apart = right !== undefined && run.x - right > run.size * 0.15
      if (apart && !/\s$/.test(this.text) && !/^\s/.test(run.text)) this.text += " "
      this.words(run)
      right = run.x + run.width
    }
    this.text = this.text.trimEnd()
  }

  /** The words of a run, each with a share of the width in proportion to its letters. */
  private words({ text, x, y, width, height }: Run): void {
    const weights = [...text].map(weightOf)
    const total = weights.reduce((sum, weight) => sum + weight, 0) || 1
    let [at, done, start, begun] = [this.text.length, 0, -1, 0]
    const tenths = (points: number) => Math.round(points * 10)
    const end = () => {
      if (start < 0) return
      const [left, wide] = [x + (width * begun) / total, (width * (done - begun)) / total]
      this.boxes.push(start, at - start, tenths(left), tenths(y), tenths(wide), tenths(height))
      start = -1
    }
    for (const [index, letter] of [...text].entries()) {
      if (/\s/.test(letter)) end()
      else if (start < 0) [start, begun] = [at, done]
      at += letter.length
      done += weights[index] ?? 1
    }
    end()
    this.text += text
  }

  end(): LaidOut {
    return { text: this.text, boxes: this.boxes }
  }
}

/** Approximate relative width of a letter: the font's own widths aren't available. */
const weightOf = (letter: string): number =>
  /[iljtf.,:;'!|()\s]/.test(letter) ? 0.5 : /[mwMW@—]/.test(letter) ? 1.5 : /[A-Z]/.test(letter) ? 1.25 : 1
