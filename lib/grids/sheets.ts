/** Reads an uploaded workbook for a grid. */
import { documentKindOf } from "@/lib/documents/kind"
import type { Sheet } from "@/lib/documents/read/sheets"
import { MAX_COLUMNS, MAX_ROWS } from "@/lib/grids/contract/grid"
import { AppError } from "@/lib/http/errors"
import { work } from "@/lib/work/work"

/** Maximum size in bytes of a workbook. */
export const MAX_SHEET_BYTES = 20_000_000
const READ_MS = 30_000

/** Its sheets with their rows. Throws `grid:file`, `document:too_large` if it unpacks to too much. */
export async function sheetsOf(person: string, bytes: Uint8Array, name: string): Promise<Sheet[]> {
  if (documentKindOf(bytes) !== "xlsx") throw new AppError("grid:file/unreadable", { values: { name } })
  const limits = { rows: MAX_ROWS, columns: MAX_COLUMNS }
  const { sheets, fault } = await work("readSheets", { person, ms: READ_MS }, bytes, limits).catch((cause: unknown) => {
    if (!(cause instanceof AppError) || cause.code !== "work:too_much") throw cause
    throw new AppError("document:too_large/too_much", { values: { name }, cause })
  })
  if (fault === "rows") throw new AppError("grid:file/rows", { values: { name, count: MAX_ROWS } })
  if (fault === "columns") throw new AppError("grid:file/columns", { values: { name, count: MAX_COLUMNS } })
  if (fault === "bomb") throw new AppError("document:too_large/bomb", { values: { name } })
  if (fault === "unpacked") throw new AppError("document:too_large/unpacked", { values: { name } })
  if (!sheets) throw new AppError("grid:file/unreadable", { values: { name } })
  if (sheets.every(({ rows }) => rows.length === 0)) throw new AppError("grid:file/empty", { values: { name } })
  return sheets
}
