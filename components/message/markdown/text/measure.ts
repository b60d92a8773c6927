/**
 * Estimates the cost of rendering a Markdown text before it is parsed: some texts of a few kilobytes (`*a*a*a…`,
 * `[[[[…`, `>>>>…`) keep a parser busy for minutes. One pass, linear in the text; the estimate may be off, but not by
 * much.
 */
import { type Fence, fenceAfter } from "@/components/message/markdown/text/fences"

/** The text between two blank lines. */
export interface Block {
  from: number
  to: number
  /** Work linear in the text, in units of about 15 µs. */
  steady: number
  /** Work quadratic in the signs of one paragraph, in units of about 25 ns. */
  steep: number
  /** The text may be split before it: it continues nothing from before. */
  fresh: boolean
}

const SIGNS = new Set(Array.from("*_~`[]!<>&$\\|:@", (sign) => sign.charCodeAt(0)))
const OF_A_LINE = 3
const OF_A_BLOCK = 8
const OF_CODE = 0.4
const A_CHARACTER = 1 / 100
/** A formula is typeset character by character. */
const OF_MATH = 1 / 4
const OF_DOLLARS = 20
const OF_A_NOTE = 6
/** A possible attribute of a tag. */
const OF_AN_ATTRIBUTE = 2
/** Each level of quotes and lists is reopened for each line. */
const OF_DEPTH = 20

const BACKTICK = 96
const [SPACE, RETURN, LESS, GREATER] = [32, 13, 60, 62]
const isWordLike = (code: number) =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
/** Each such sign may start the local part of an email address. */
const isJoint = (code: number) => code === 43 || code === 45 || code === 46

/** The blocks of a text, in order, covering all of it. */
export function measureBlocks(text: string): Block[] {
  const blocks: Block[] = []
  let fence: Fence | null = null
  let open: Measure | null = null
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf("\n", at)
    const next = newline < 0 ? text.length : newline + 1
    const line = text.slice(at, newline < 0 ? text.length : newline)
    const blank = fence === null && line.trim() === ""
    const before = fence
    if (line.includes("```") || line.includes("~~~")) fence = fenceAfter(line, fence)
    open ??= new Measure(at, line)
    if (before && fence) open.addCode(line)
    else open.addLine(line)
    if (blank || next >= text.length) {
      blocks.push(open.end(next))
      open = null
    }
    at = next
  }
  return blocks
}

/** The quote and list markers at the start of a line. */
interface Beginning {
  depth: number
  end: number
  /** The kind of list marker that comes last. */
  list: "bullet" | "first" | "number" | null
}

const MARK = /[ \t]*(?:(>)|([-*+])(?=[ \t])|(\d{1,9})[.)](?=[ \t]))/y

function beginningOf(line: string): Beginning {
  MARK.lastIndex = 0
  let [depth, end, list]: [number, number, Beginning["list"]] = [0, 0, null]
  for (let match = MARK.exec(line); match; match = MARK.exec(line)) {
    const [, quote, bullet, number] = match
    list = quote ? null : bullet ? "bullet" : number === "1" ? "first" : "number"
    // Every two characters of indentation may be another level.
    depth += 1 + (list === null ? 0 : (MARK.lastIndex - end) >> 1)
    end = MARK.lastIndex
  }
  return { depth, end, list }
}

/** The cells of a table row: the text between its bars. */
const cellsOf = (line: string) =>
  line
    .trim()
    .replace(/^\||\|$/g, "")
    .split("|").length

class Measure {
  private steady = OF_A_BLOCK
  private steep = 0
  /** Signs in the paragraph so far. */
  private signs = 0
  /** Characters and runs of backticks in the paragraph: each run may be searched for up to its end. */
  private length = 0
  private ticks = 0
  private above = ""
  private inTable = false
  private inMath = false
  private inNumbers = false
  private readonly fresh: boolean

  constructor(
    private readonly from: number,
    first: string,
  ) {
    this.fresh = !/^[ \t>|]/.test(first) && beginningOf(first).depth === 0
  }

  addCode(line: string): void {
    this.steady += OF_CODE + line.length * A_CHARACTER
  }

  addLine(line: string): void {
    const { depth, end, list } = beginningOf(line)
    this.steep += depth * depth * OF_DEPTH
    if (this.inTable || this.begins(list) || /^ {0,3}#{1,6}\s/.test(line)) this.close()
    if (list) this.inNumbers = list !== "bullet"
    const rule = line.slice(end)
    if (!this.inTable && /^[|:\- \t]*$/.test(rule) && rule.includes("-") && rule.includes("|"))
      this.inTable = cellsOf(rule) === cellsOf(this.above)
    this.above = line.slice(end)
    if (line.includes("$$") || line.includes("\\[")) {
      this.inMath = true
      this.steady += OF_DOLLARS
    }
    this.length += line.length
    this.steady += OF_A_LINE + line.length * (this.inMath ? OF_MATH : A_CHARACTER)
    this.addSigns(line, end)
  }

  /** A list line ends the paragraph above it; one starting with a number does so only among such lines. */
  private begins(list: Beginning["list"]): boolean {
    return list === "bullet" || list === "first" || (list === "number" && this.inNumbers)
  }

  private addSigns(line: string, from: number): void {
    let [name, joints, last] = [0, 0, 0]
    let inTag = false
    for (let at = from; at < line.length; at++) {
      const code = line.charCodeAt(at)
      if (isJoint(code)) joints++
      if (isWordLike(code) || isJoint(code)) name++
      else {
        this.steep += name * joints
        name = 0
        joints = 0
      }
      // A run of backticks is one sign.
      if (code === BACKTICK && last !== BACKTICK) this.ticks++
      if (SIGNS.has(code) && !(code === BACKTICK && last === BACKTICK)) this.signs++
      if (code === 94 && last === 91) this.steady += OF_A_NOTE
      if (code === RETURN && at < line.length - 1) this.steady += OF_A_LINE
      if (code === LESS || code === GREATER) inTag = code === LESS
      else if (inTag && code === SPACE) this.steady += OF_AN_ATTRIBUTE
      last = code
    }
    this.steep += name * joints
  }

  private close(): void {
    this.steady += this.signs
    this.steep += this.signs * this.signs + (this.ticks * this.length) / 2
    this.signs = 0
    this.length = 0
    this.ticks = 0
  }

  end(to: number): Block {
    this.close()
    return { from: this.from, to, steady: this.steady, steep: this.steep, fresh: this.fresh }
  }
}
