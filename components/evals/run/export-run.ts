/** Exports a run: JSON as written by the server, or converted to CSV in the browser. */
import { saveFile } from "@/components/base/save-file"
import { csvFile, toCsv } from "@/components/base/table-text"
import { readExport } from "@/components/evals/api"
import type { RunHead } from "@/lib/evals/types"
import { isRecord } from "@/lib/is-record"

export const EXPORTS = ["csv", "json"] as const
export type ExportFormat = (typeof EXPORTS)[number]

const fileName = ({ title, number }: Pick<RunHead, "title" | "number">) =>
  `${
    title
      .replace(/[^\p{L}\p{N}]+/gu, "-")
      .replace(/^-|-$/g, "")
      .slice(0, 60) || "eval"
  }-${number}`

const cellOf = (value: unknown): string =>
  value === null || value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value)

/** Throws `ApiError`. */
export async function exportRun(run: Pick<RunHead, "id" | "title" | "number">, format: ExportFormat): Promise<void> {
  const text = await readExport(run.id)
  const name = `${fileName(run)}.${format}`
  if (format === "json") return saveFile(name, text, "application/json")
  const parsed: unknown = JSON.parse(text)
  const records = Array.isArray(parsed) ? parsed.filter(isRecord) : []
  const columns = Object.keys(records[0] ?? {})
  const rows = records.map((record) => columns.map((column) => cellOf(record[column])))
  saveFile(name, csvFile(toCsv([columns, ...rows])), "text/csv")
}
