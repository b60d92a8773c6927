/** A table as text for other programs. Rows are lists of cells; the first row is the head. Pure. */

export type Rows = string[][]

/** What a spreadsheet would work out instead of showing it. Plain numbers, amounts and percentages are let through. */
const FORMULA = /^[\s]*[=+\-@]|^[\t\r]/
const NUMBER = /^\s*[+-]?(?:[$€£¥]\s?)?[\d.,' ]*\d\s*(?:%|[$€£¥])?\s*$/

/**
 * A cell that no spreadsheet takes for a formula: an apostrophe marks it as text (OWASP, “CSV injection”). A model may
 * have been told to write `=HYPERLINK(…)` by what it has read.
 */
export const withoutFormula = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell)

const oneLine = (cell: string) => cell.replace(/\s*[\r\n\t]+\s*/g, " ").trim()

/** RFC 4180: lines end with CRLF, quotes are doubled. */
export const toCsv = (rows: Rows): string =>
  rows
    .map((cells) => cells.map((cell) => quoted(withoutFormula(cell.trim()))).join(","))
    .map((line) => `${line}\r\n`)
    .join("")

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** For the clipboard of a spreadsheet: tabs between cells, one line a row. */
export const toTsv = (rows: Rows): string =>
  rows.map((cells) => cells.map((cell) => withoutFormula(oneLine(cell))).join("\t")).join("\n")

/** A pipe table of GitHub's Markdown. */
export function toMarkdown([head = [], ...rows]: Rows): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll("\\", "\\\\").replaceAll("|", "\\|")).join(" | ")} |`
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n")
}

/** Bytes of a file that Excel reads rightly: it takes UTF-8 for such only behind a mark, which plain ASCII needs not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: every character of ASCII
export const csvFile = (csv: string): string => (/^[\x00-\x7f]*$/.test(csv) ? csv : `\uFEFF${csv}`)
