/** Exports a grid's rows: one JSON object per row, streamed. */
import type { GridRecord } from "@/lib/db/grids/grids"
import { modelsIn } from "@/lib/db/grids/progress"
import type { GridInput } from "@/lib/grids/contract/grid"
import { inputColumnsOf, outputColumnsOf } from "@/lib/grids/grids"
import { type ScannedRow, scanRows } from "@/lib/grids/scan"

/** NDJSON, or a single JSON array. */
export async function* exportRows(grid: GridRecord, format: "ndjson" | "json"): AsyncGenerator<string> {
  const columns = inputColumnsOf(grid)
  const models = modelsIn(grid.models)
  let isFirst = true
  if (format === "json") yield "["
  for await (const row of scanRows(grid.id, outputColumnsOf(grid))) {
    const line = JSON.stringify(exportedRow(row, columns, models))
    yield format === "ndjson" ? `${line}\n` : `${isFirst ? "" : ","}\n${line}`
    isFirst = false
  }
  if (format === "json") yield "\n]\n"
}

/** With two models, the second one's answer is `output2`. Without an answer there is no `output`. */
export function exportedRow({ number, input, answers }: ScannedRow, columns: string[], models: string[]): object {
  const told = answers.flatMap(({ state, value, hasProblems }, place) => {
    const end = place === 0 ? "" : String(place + 1)
    return [
      ...(models.length > 1 ? [[`model${end}`, models[place]] as const] : []),
      [`state${end}`, hasProblems ? "problems" : state] as const,
      ...(value === undefined ? [] : [[`output${end}`, value] as const]),
    ]
  })
  return { row: number + 1, input: exportedInput(input, columns), ...Object.fromEntries(told) }
}

function exportedInput(input: GridInput | null, columns: string[]): unknown {
  if (!input) return null
  if ("text" in input) return input.text
  if ("fields" in input) return Object.fromEntries(input.fields.map((value, at) => [columns[at] ?? `${at + 1}`, value]))
  return "page" in input ? { document: input.name, page: input.page } : { image: input.name }
}
