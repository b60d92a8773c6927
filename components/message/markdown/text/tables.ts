/**
 * Pipes within formulas and code in table rows: GFM treats each as a cell border. Those in code are escaped as GFM
 * expects, and those in formulas are replaced by a substitute character. Pure, linear in the text.
 */
import { looksLikeMath } from "@/components/message/markdown/text/math"

/** Substitute for a pipe in a formula inside a table (U+23D0, “vertical line extension”). */
export const PIPE_SUBSTITUTE = "\u23d0"

/** The original TeX. */
export const restorePipes = (tex: string): string => tex.replaceAll(PIPE_SUBSTITUTE, "|")

const DASHES = /^[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/
/** The pattern reads spaces at several places; collapsing long runs keeps it fast. */
const isDashes = (line: string | undefined): boolean =>
  line?.includes("|") === true && DASHES.test(line.replace(/[ \t]+/g, " "))

const borders = (line: string) =>
  line
    .replace(/^[ \t>]+/, "")
    .trim()
    .replace(/^\||(?<!\\)\|$/g, "")

/** Number of cells in a row, ignoring pipes in formulas and code. */
export const countCells = (row: string): number => plainCells(strokesKept(row))
const plainCells = (row: string): number => borders(row).split(/(?<!\\)\|/).length

/** The prose with its tables in valid GFM. */
export function protectTablePipes(prose: string): string {
  if (!/-:?[ \t]*\|/.test(prose)) return prose
  const lines = prose.split("\n")
  let columns = 0
  for (const [index, line] of lines.entries()) {
    const begins = columns === 0 && isDashes(lines[index + 1]) && line.includes("|")
    if (begins) columns = plainCells(lines[index + 1] ?? "")
    else if (line.replace(/^[ \t>]+/, "") === "") columns = 0
    if (columns > 0) lines[index] = rowOf(line, columns, index < lines.length - 1)
  }
  return lines.join("\n")
}

/** An apparent formula spanning two cells is not one if only then the row has as many cells as the table. */
function rowOf(row: string, columns: number, whole: boolean): string {
  const kept = strokesKept(row)
  const cut = kept !== row && whole && plainCells(kept) !== columns && plainCells(row) === columns
  return cut ? row : kept
}

const PART =
  /(`+)(?!`)(.*?[^`])\1(?!`)|\$\$([^$]+)\$\$|\\\((.+?)\\\)|(?<![\\$\w])\$([^$\s](?:[^$]*[^$\s])?)\$(?![\w$])/g

/** Maximum characters of a row that is examined. */
const LONGEST_ROW = 4_000

function strokesKept(row: string): string {
  if (row.length > LONGEST_ROW || !/[`$]|\\\(/.test(row) || !row.includes("|")) return row
  return row.replace(PART, (part, ticks?: string, _code?: string, double?: string, round?: string, single?: string) => {
    if (ticks) return part.replace(/(?<!\\)\|/g, "\\|")
    const body = double ?? round ?? single ?? ""
    if (single !== undefined && !looksLikeMath(single)) return part
    // An odd number of escaped pipes are not norms (`\|x\|`): they were escaped for the table.
    const escaped = (body.match(/\\\|/g) ?? []).length % 2 === 1 ? part.replaceAll("\\|", PIPE_SUBSTITUTE) : part
    return escaped.replace(/(?<!\\)\|/g, PIPE_SUBSTITUTE)
  })
}
