/** Converts a table to an Excel workbook in the browser. */
import writeXlsxFile, { type SheetData } from "write-excel-file/browser"
import { isInexact, JsonNumber } from "@/lib/output/json-source"
import type { Cell, Table } from "@/lib/output/rows"

/** Maximum characters in an Excel cell. */
const LONGEST = 32_767
const DATE = /^\d{4}-\d{2}-\d{2}$/
/** Excel does not support earlier dates reliably. */
const FIRST_DAY = "1900-03-01"

type Written = NonNullable<SheetData[number][number]>

function written(cell: Cell): Written | null {
  if (cell === undefined || cell === null || cell === "") return null
  if (typeof cell === "boolean") return { value: cell, type: Boolean }
  if (cell instanceof JsonNumber)
    // Excel shows fifteen digits, so a longer id stays text.
    return isInexact(cell.source) || /^-?\d{16}/.test(cell.source)
      ? { value: cell.source, type: String }
      : { value: Number(cell.source), type: Number }
  const day = DATE.test(cell) && cell >= FIRST_DAY ? new Date(`${cell}T00:00:00Z`) : null
  if (day && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(cell))
    return { value: day, type: Date, format: "yyyy-mm-dd" }
  return { value: cell.slice(0, LONGEST), type: String }
}

/** Text stays text: nothing in it becomes a formula. */
export async function workbookOf({ columns, rows }: Table): Promise<Blob> {
  const head = columns.map((name): Written => ({ value: name.slice(0, LONGEST), type: String, fontWeight: "bold" }))
  const data: SheetData = [head, ...rows.map((row) => row.map(written))]
  return writeXlsxFile(data, { stickyRowsCount: 1 }).toBlob()
}
