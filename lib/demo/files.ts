/** Describes a text file: its size, its words, and for a table its columns. */
import { formatNumber } from "@/lib/demo/arithmetic"
import { keyTerms, wordsOf } from "@/lib/demo/words/words"
import type { TextFile } from "@/lib/messages/types"

const SEPARATORS: Record<string, string> = { "text/csv": ",", "text/tab-separated-values": "\t" }
/** Columns that are described. */
const MAX_COLUMNS = 12

export const describeFiles = (files: TextFile[]): string => files.map(describeFile).join("\n\n")

function describeFile({ name, mediaType, text }: TextFile): string {
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/)
  const separator = SEPARATORS[mediaType]
  const size = `**${name.replace(/[*_`<>[\]\\]/g, "")}** has ${count(lines.length, "line")} and ${count(wordsOf(text).length, "word")}`
  if (separator) return `${size}.\n\n${describeTable(lines, separator)}`
  const terms = keyTerms(text)
  return `${size}${terms.length > 0 ? `; the main words are ${terms.join(", ")}` : ""}.`
}

/** The names of the columns; for those with only numbers, their count, range, and sum. */
function describeTable([head = "", ...rows]: string[], separator: string): string {
  const cells = rows.filter((row) => row !== "").map((row) => cellsOf(row, separator))
  const columns = cellsOf(head, separator).slice(0, MAX_COLUMNS)
  const told = columns.map((column, index) => {
    const values = cells.map((row) => row[index] ?? "").filter((value) => value !== "")
    const numbers = values.map(Number).filter(Number.isFinite)
    if (values.length === 0) return `- ${column}: empty`
    if (numbers.length < values.length) return `- ${column}: ${count(new Set(values).size, "different value")}`
    const [least, most] = numbers.reduce(
      ([low, high], next) => [Math.min(low, next), Math.max(high, next)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    )
    const sum = numbers.reduce((total, next) => total + next, 0)
    return `- ${column}: ${count(numbers.length, "number")} from ${formatNumber(least)} to ${formatNumber(most)}, together ${formatNumber(sum)}`
  })
  return `It is a table of ${count(cells.length, "row")} and ${count(cellsOf(head, separator).length, "column")}:\n\n${told.join("\n")}`
}

/** Cells of one line; quoted cells may contain the separator. */
function cellsOf(line: string, separator: string): string[] {
  const cells = [""]
  let quoted = false
  for (const sign of line) {
    if (sign === '"') quoted = !quoted
    else if (sign === separator && !quoted) cells.push("")
    else cells.push(`${cells.pop()}${sign}`)
  }
  return cells.map((cell) => cell.trim())
}

const count = (number: number, noun: string) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`
