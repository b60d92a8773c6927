/** Iterates over all rows of a grid in batches: the caller decides what to keep of each, so memory use stays low. */
import { createHash } from "node:crypto"
import { answersBy } from "@/lib/db/grids/answers"
import { rowsBy } from "@/lib/db/grids/grids"
import type { AnswerState, GridInput } from "@/lib/grids/contract/grid"
import { gridInputSchema } from "@/lib/grids/contract/grid"
import { fieldsAsText } from "@/lib/grids/inputs"
import { displayValue, readEdits } from "@/lib/grids/read"
import { cellAsText, type OutputColumn, valueAt } from "@/lib/output/columns"

const ROWS = 250

export interface ScannedAnswer {
  state: AnswerState
  value: unknown
  hasProblems: boolean
  isEdited: boolean
}

export interface ScannedRow {
  number: number
  input: GridInput | null
  /** In the order of the grid's models. */
  answers: ScannedAnswer[]
}

/** All rows, in order of their numbers. */
export async function* scanRows(gridId: string, columns: OutputColumn[]): AsyncGenerator<ScannedRow> {
  for (let from = 0; ; from += ROWS) {
    const numbers = Array.from({ length: ROWS }, (_, at) => from + at)
    const [rows, answers] = await Promise.all([rowsBy(gridId, numbers), answersBy(gridId, numbers)])
    if (rows.length === 0) return
    const byRow = new Map<number, ScannedAnswer[]>()
    for (const { number, state, result, edited, problems } of answers) {
      const value = displayValue(result, edited, columns)
      const answer = {
        state,
        value,
        hasProblems: state === "done" && problems !== null,
        isEdited: Object.keys(readEdits(edited)).length > 0,
      }
      byRow.set(number, [...(byRow.get(number) ?? []), answer])
    }
    for (const { number, input } of rows.toSorted((a, b) => a.number - b.number))
      yield { number, input: gridInputSchema.safeParse(input).data ?? null, answers: byRow.get(number) ?? [] }
  }
}

/** An input on one line, for searching and sorting. */
export function inputLine(input: GridInput | null, column?: number): string {
  if (!input) return ""
  if ("text" in input) return input.text
  if ("fields" in input) return column === undefined ? fieldsAsText([], input.fields) : (input.fields[column] ?? "")
  return "page" in input ? `${input.name} ${String(input.page).padStart(6)}` : input.name
}

/** Gets the value to sort or filter by: of the input (`in:0`), or of a model's answer (`out:0:name`). */
export function cellGetter(
  name: string,
  columns: OutputColumn[],
): ((row: ScannedRow) => string | number | boolean | null) | null {
  const input = /^in:(\d{1,4})$/.exec(name)
  if (input) return (row) => inputLine(row.input, row.input && "fields" in row.input ? Number(input[1]) : undefined)
  const [, place, of] = /^out:(\d):(.*)$/s.exec(name) ?? []
  const column = columns.find((one) => one.name === of)
  if (place === undefined || !column) return null
  return (row) => {
    const value = valueAt(row.answers[Number(place)]?.value, column.path)
    if (typeof value === "number" || typeof value === "boolean") return value
    return value === undefined || value === null ? null : cellAsText(value)
  }
}

/** Maximum number of characters of a text to keep during a scan. */
const MAX_KEPT = 200

/** A text, or a copy of its beginning: a substring would keep the whole text in memory. */
export const copyOfPrefix = (text: string): string =>
  text.length > MAX_KEPT ? Buffer.from(text.slice(0, MAX_KEPT)).toString() : text

/** A text, or a stand-in for a long one. */
export const keptKey = (text: string): string =>
  text.length > MAX_KEPT ? createHash("sha256").update(text).digest("base64") : text

/** Whether two models' values of a row differ, in any column or in this one. */
export function differs({ answers: [a, b] }: ScannedRow, columns: OutputColumn[], only?: OutputColumn): boolean {
  if (a?.state !== "done" || b?.state !== "done") return false
  return (only ? [only] : columns).some(
    ({ path }) => cellKey(valueAt(a.value, path)) !== cellKey(valueAt(b.value, path)),
  )
}

/** The same for values that look the same to a reader: text ignoring case and surrounding whitespace. */
export function cellKey(value: unknown): string {
  if (typeof value === "string") return `s${value.trim().toLowerCase()}`
  return value === undefined || value === null ? "" : JSON.stringify(value)
}
