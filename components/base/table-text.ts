/** A table as text for other programs. Rows are lists of cells; the first row is the header. Pure. */

export type Rows = string[][]

/** Text that a spreadsheet would evaluate instead of showing. Plain numbers, amounts and percentages are allowed. */
const FORMULA = /^[\s]*[=+\-@]|^[\t\r]/
const NUMBER = /^\s*[+-]?(?:[$€£¥]\s?)?[\d.,' ]*\d\s*(?:%|[$€£¥])?\s*$/

/**
 * A cell that no spreadsheet evaluates as a formula: an apostrophe marks it as text (OWASP, “CSV injection”). Something
 * a model has read may have told it to write `=HYPERLINK(…)`.
 */
export const escapeFormula = (cell: string): string => (FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell)

const oneLine = (cell: string) => cell.replace(/\s*[\r\n\t]+\s*/g, " ").trim()

/** RFC 4180: lines end with CRLF, quotes are doubled. */
export const toCsv = (rows: Rows): string =>
  rows
    .map((cells) => cells.map((cell) => quoted(escapeFormula(cell.trim()))).join(","))
    .map((line) => `${line}\r\n`)
    .join("")

const quoted = (cell: string) => (/[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

/** For pasting into a spreadsheet: tabs between cells, one line per row. */
export const toTsv = (rows: Rows): string =>
  rows.map((cells) => cells.map((cell) => escapeFormula(oneLine(cell))).join("\t")).join("\n")

/** A GitHub-flavored Markdown table. */
export function toMarkdown([head = [], ...rows]: Rows): string {
  const line = (cells: string[]) =>
    `| ${cells.map((cell) => oneLine(cell).replaceAll("\\", "\\\\").replaceAll("|", "\\|")).join(" | ")} |`
  return [line(head), `| ${head.map(() => "---").join(" | ")} |`, ...rows.map(line)].join("\n")
}

/** CSV content that Excel decodes correctly: it recognizes UTF-8 only after a BOM, which plain ASCII doesn't need. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matches all ASCII characters
export const csvFile = (csv: string): string => (/^[\x00-\x7f]*$/.test(csv) ? csv : `\uFEFF${csv}`)
