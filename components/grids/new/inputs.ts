/** Parses pasted or dropped grid inputs. Pure. */
import { type GridInput, MAX_COLUMNS, MAX_ROW_CHARS, MAX_ROWS } from "@/lib/grids/contract/grid"
import { rowsOf } from "@/lib/output/separated"

/** Rows with named columns, from a CSV or a sheet. */
export interface TableInputs {
  kind: "table"
  name: string
  columns: string[]
  rows: string[][]
  /** Indexes of the columns in use. */
  used: number[]
}

export interface TextInputs {
  kind: "texts"
  texts: string[]
}

/** Images and document pages. */
export interface FileInputs {
  kind: "files"
  files: ({ imageId: string; name: string } | { documentId: string; pages: number; name: string })[]
}

export type Inputs = TableInputs | TextInputs | FileInputs

/** The texts in a field: one per line, or with `blocks` one per paragraph. */
export function textsOf(text: string, blocks: boolean): string[] {
  const parts = text.replaceAll("\r\n", "\n").split(blocks ? /\n\s*\n/ : "\n")
  return parts.map((part) => part.trim()).filter(Boolean)
}

/** Whether a text looks like a table: its first lines have the same number of cells, more than one. */
export function looksLikeTable(text: string): boolean {
  const lines = text
    .split("\n")
    .filter((line) => line.trim())
    .slice(0, 20)
  if (lines.length < 2) return false
  return ["\t", ";", ","].some((separator) => {
    const counts = new Set(rowsOf(lines.join("\n")).map((row) => row.length))
    return lines[0]?.includes(separator) && counts.size === 1 && Math.max(...counts) > 1
  })
}

/** A CSV as a table whose first row names the columns. Null when there are no further rows. */
export function parseTable(text: string, name: string): TableInputs | null {
  const [head, ...rows] = rowsOf(text.replace(/^\uFEFF/, ""))
  return head && rows.length > 0 ? tableOfRows(head, rows, name) : null
}

/** Uses all columns that are not empty. */
export function tableOfRows(head: string[], rows: string[][], name: string): TableInputs {
  const columns = head.slice(0, MAX_COLUMNS).map((column) => column.trim().slice(0, 200))
  const filled = columns.map((_, at) => at).filter((at) => rows.some((row) => row[at]?.trim()))
  return { kind: "table", name, columns, rows, used: filled }
}

const cut = (text: string) => text.slice(0, MAX_ROW_CHARS).toWellFormed()

/** The rows of a grid, at most 5,000. */
export function gridRows(inputs: Inputs): GridInput[] {
  if (inputs.kind === "texts") return inputs.texts.slice(0, MAX_ROWS).map((text) => ({ text: cut(text) }))
  if (inputs.kind === "table")
    return inputs.rows
      .filter((row) => inputs.used.some((at) => row[at]?.trim()))
      .slice(0, MAX_ROWS)
      .map((row) => ({ fields: inputs.used.map((at) => cut(row[at] ?? "")) }))
  const rows = inputs.files.flatMap((file): GridInput[] => {
    if ("imageId" in file) return [{ imageId: file.imageId, name: file.name.slice(0, 255) }]
    const { documentId, pages, name } = file
    return Array.from({ length: pages }, (_, at) => ({ documentId, page: at + 1, name: name.slice(0, 255) }))
  })
  return rows.slice(0, MAX_ROWS)
}

/** The number of rows, including those beyond a grid's limit. */
export function countOf(inputs: Inputs): number {
  if (inputs.kind === "texts") return inputs.texts.length
  if (inputs.kind === "table") return inputs.rows.length
  return inputs.files.reduce((sum, file) => sum + ("pages" in file ? file.pages : 1), 0)
}

/** The grid's column names; empty when the inputs have none. */
export const columnNames = (inputs: Inputs, unnamed: (number: number) => string): string[] =>
  inputs.kind === "table" ? inputs.used.map((at) => inputs.columns[at] || unnamed(at + 1)) : []

/** Maximum characters and values per request that adds rows. */
const MAX_CHARACTERS = 1_500_000
const MAX_VALUES = 12_000
const MAX_TOGETHER = 500

/** Splits rows into batches that fit into one request. */
export function* piecesOf(rows: GridInput[]): Generator<GridInput[]> {
  let piece: GridInput[] = []
  let [characters, values] = [0, 0]
  for (const row of rows) {
    const size = JSON.stringify(row).length
    const count = "fields" in row ? row.fields.length + 3 : 5
    const isFull = piece.length >= MAX_TOGETHER || characters + size > MAX_CHARACTERS || values + count > MAX_VALUES
    if (isFull && piece.length > 0) {
      yield piece
      piece = []
      characters = 0
      values = 0
    }
    piece.push(row)
    characters += size
    values += count
  }
  if (piece.length > 0) yield piece
}

/** Approximate characters per token. */
const PER_TOKEN = 4
/** Approximate tokens of an image or a document page. */
const OF_PICTURE = 1_200
const OF_FIELD = 12

interface Priced {
  input: number
  output: number
}

/**
 * Rough cost of all rows in US dollars before anything is measured: input tokens by characters, output tokens by
 * fields.
 */
export function estimateUsd(rows: GridInput[], fixed: number, fields: number, prices: Priced[]): number {
  const own = rows.reduce((sum, row) => {
    if ("text" in row) return sum + row.text.length / PER_TOKEN
    return sum + ("fields" in row ? row.fields.join("").length / PER_TOKEN : OF_PICTURE)
  }, 0)
  const input = own + (rows.length * fixed) / PER_TOKEN
  const output = rows.length * (20 + fields * OF_FIELD)
  return prices.reduce((sum, price) => sum + (input * price.input + output * price.output) / 1_000_000, 0)
}
