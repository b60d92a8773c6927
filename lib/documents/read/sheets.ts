/** Reads a workbook's sheets as rows of text, in a worker thread: for row-by-row processing. */
import readXlsxFile from "read-excel-file/node"
import { Unreadable, type UnreadableReason } from "@/lib/documents/read/unreadable"
import { cellText, TEXT_PART } from "@/lib/documents/read/xlsx"
import { Package } from "@/lib/documents/read/zip"

export interface Sheet {
  name: string
  /** The first row, and the non-empty rows below it. */
  columns: string[]
  rows: string[][]
}

export interface SheetLimits {
  rows: number
  columns: number
}

export type SheetsRead =
  | { sheets: Sheet[]; fault?: undefined }
  | { sheets?: undefined; fault: UnreadableReason | "rows" | "columns" }

/** The non-empty sheets. */
export async function readSheets(bytes: Uint8Array, limits: SheetLimits): Promise<SheetsRead> {
  try {
    const found = await readXlsxFile(Package.open(bytes).only((name) => TEXT_PART.test(name)))
    const sheets = found.flatMap(({ sheet, data }) => {
      const [head, ...rows] = data.map((row) => row.map(cellText)).filter((row) => row.some((cell) => cell.trim()))
      return head ? [{ name: sheet, columns: head, rows }] : []
    })
    if (sheets.some(({ rows }) => rows.length > limits.rows)) return { fault: "rows" }
    if (sheets.some(({ columns }) => columns.length > limits.columns)) return { fault: "columns" }
    return { sheets }
  } catch (error) {
    return { fault: error instanceof Unreadable ? error.reason : "broken" }
  }
}
