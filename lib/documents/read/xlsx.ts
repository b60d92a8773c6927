/** Sheets as tables. */
import readXlsxFile from "read-excel-file/node"
import { officeNotes } from "@/lib/documents/read/docx"
import { tableOf } from "@/lib/documents/read/markdown"
import type { Package } from "@/lib/documents/read/zip"
import type { ReadDocument, ReadPage } from "@/lib/documents/types"

export const TEXT_PART =
  /^(?:\[Content_Types\]\.xml|_rels\/.*|xl\/(?:_rels\/)?[^/]+\.(?:xml|rels)|xl\/worksheets\/[^/]+\.xml)$/
/** Approximate characters of a piece of a sheet. */
const A_PIECE = 12_000

export async function readXlsx(parts: Package): Promise<ReadDocument> {
  const sheets = await readXlsxFile(parts.only((name) => TEXT_PART.test(name)))
  return {
    pages: sheets.flatMap(({ sheet, data }) =>
      sheetPages(
        sheet,
        data.map((row) => row.map(cellText)),
      ),
    ),
    notes: officeNotes(parts, /^xl\/media\//),
  }
}

export function cellText(value: unknown): string {
  if (value === null || value === undefined) return ""
  if (!(value instanceof Date)) return String(value)
  if (Number.isNaN(value.getTime())) return ""
  const text = value.toISOString()
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19).replace("T", " ")
}

/** A sheet as one page, or as several that each repeat its first row. */
export function sheetPages(sheet: string, rows: string[][]): ReadPage[] {
  const [head = [], ...body] = rows
  const pages: ReadPage[] = []
  let piece: string[][] = []
  let [from, length] = [1, 0]
  const flush = (to: number) => {
    const text = tableOf([head, ...piece])
    if (text) pages.push({ name: pages.length > 0 || to < rows.length ? `${sheet} · ${from}–${to}` : sheet, text })
    piece = []
    from = to + 1
    length = 0
  }
  for (const [at, row] of body.entries()) {
    piece.push(row)
    length += row.reduce((sum, cell) => sum + cell.length + 3, 2)
    if (length > A_PIECE) flush(at + 2)
  }
  if (piece.length > 0 || pages.length === 0) flush(rows.length)
  return pages.length > 0 ? pages : [{ name: sheet, text: "" }]
}
