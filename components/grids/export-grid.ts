/** Exports a grid: NDJSON and JSON as written by the server; CSV and Excel are converted in the browser. */
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { readExport } from "@/components/grids/api"
import type { GridHead } from "@/lib/grids/types"
import { readJson } from "@/lib/output/json-source"
import { cellText, tableOf } from "@/lib/output/rows"

export const EXPORTS = ["csv", "xlsx", "ndjson", "json"] as const
export type ExportFormat = (typeof EXPORTS)[number]

const fileName = (title: string) =>
  title
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "grid"

/** Throws `ApiError`, or the error from the workbook writer. */
export async function exportGrid({ id, title }: Pick<GridHead, "id" | "title">, format: ExportFormat): Promise<void> {
  const name = `${fileName(title)}.${format}`
  if (format === "ndjson") return saveFile(name, await readExport(id, "ndjson"), "application/x-ndjson")
  const text = await readExport(id, "json")
  if (format === "json") return saveFile(name, text, "application/json")
  const table = tableOf(readJson(text).value)
  if (format === "csv") {
    const rows = table.rows.map((row) => row.map(cellText))
    return saveFile(name, csvFile(toCsv([table.columns, ...rows])), "text/csv")
  }
  const { workbookOf } = await import("@/components/output/workbook")
  saveFile(name, await workbookOf(table))
}
