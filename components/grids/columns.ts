/** The columns of a grid's table: inputs, and each answer field per model. Pure. */
import type { GridInput } from "@/lib/grids/contract/grid"
import type { GridAnswer, GridHead, GridRowView } from "@/lib/grids/types"
import { cellAsText, columnsOfSchema, type OutputColumn, valueAt } from "@/lib/output/columns"

export interface InputColumn {
  kind: "input"
  /** The server's sort key. */
  key: string
  name: string
  at: number | null
}

export interface AnswerColumn {
  kind: "answer"
  key: string
  name: string
  place: number
  column: OutputColumn
}

export type GridColumn = InputColumn | AnswerColumn

export const isNumeric = (column: GridColumn): boolean =>
  column.kind === "answer" && (column.column.type === "number" || column.column.type === "integer")

/** Total width of columns in pixels: short types are narrower, a single input is wider. */
export const widthOf = (columns: readonly GridColumn[]): number =>
  columns.reduce((sum, column) => {
    if (column.kind === "input") return sum + (column.at === null ? 280 : 170)
    return sum + (isNumeric(column) || column.column.type === "boolean" || column.column.format === "date" ? 120 : 190)
  }, 0)

/** Maximum input columns in the table; the row dialog shows all. */
const MAX_INPUTS = 3

export function gridColumns(head: Pick<GridHead, "columns" | "models" | "output">, input: string): GridColumn[] {
  const named = head.columns.slice(0, MAX_INPUTS)
  const inputs = named.length > 0 ? named : [input]
  const columns = columnsOfSchema(head.output.schema)
  return [
    ...inputs.map((name, at): InputColumn => {
      return { kind: "input", key: `in:${at}`, name: name || input, at: named.length > 0 ? at : null }
    }),
    ...columns.flatMap((column) =>
      head.models.map((_, place): AnswerColumn => {
        return { kind: "answer", key: `out:${place}:${column.name}`, name: column.title ?? column.name, place, column }
      }),
    ),
  ]
}

/** The text of an input's cell. */
export function inputText(
  input: GridInput | null,
  at: number | null,
  page: (name: string, page: number) => string,
): string {
  if (!input) return ""
  if ("text" in input) return input.text
  if ("fields" in input) return input.fields[at ?? 0] ?? ""
  return "page" in input ? page(input.name, input.page) : input.name
}

export const answerAt = (row: GridRowView, place: number): GridAnswer | undefined =>
  row.answers.find((answer) => answer.place === place)

/** The value in an answer column; undefined when there is none. */
export const cellValue = (row: GridRowView, { place, column }: AnswerColumn): unknown =>
  valueAt(answerAt(row, place)?.value, column.path)

const same = (value: unknown) =>
  typeof value === "string" ? value.trim().toLowerCase() : JSON.stringify(value ?? null)

/** Whether the answers of two finished models differ here. */
export function differs(row: GridRowView, column: OutputColumn): boolean {
  const [a, b] = [answerAt(row, 0), answerAt(row, 1)]
  if (a?.state !== "done" || b?.state !== "done") return false
  return same(valueAt(a.value, column.path)) !== same(valueAt(b.value, column.path))
}

/** The JSON pointer of a column, in the form problems use for their path. */
const pointerOf = (path: readonly string[]) =>
  path.map((name) => `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("")

/** The first problem of a cell; null for none. */
export function problemOf(answer: GridAnswer | undefined, { path }: OutputColumn): string | null {
  const at = pointerOf(path)
  const found = answer?.problems.find((problem) => problem.path === at || problem.path.startsWith(`${at}/`))
  return found?.message ?? null
}

/** The initial text of an editor. */
export const editText = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value, null, 2) : cellAsText(value)

/** The typed text as a value of the column's type; an error key when it is not valid. Empty is null. */
export function typedValue(
  text: string,
  { type }: OutputColumn,
): { value: unknown } | { error: "notJson" | "notNumber" } {
  if (text.trim() === "" && type !== "string") return { value: null }
  if (type === "string") return { value: text }
  if (type === "number" || type === "integer") {
    const value = Number(text.trim())
    return Number.isFinite(value) ? { value } : { error: "notNumber" }
  }
  if (type === "boolean" && /^(?:true|false)$/i.test(text.trim())) return { value: /^true$/i.test(text.trim()) }
  try {
    return { value: JSON.parse(text) }
  } catch {
    return type === null ? { value: text } : { error: "notJson" }
  }
}
