import { expect, test } from "vitest"
import { answerAt, cellValue, differs, editText, gridColumns, problemOf, typedValue } from "@/components/grids/columns"
import { moved } from "@/components/grids/places"
import { spanOf, usd } from "@/components/grids/words"
import type { GridAnswer, GridRowView } from "@/lib/grids/types"

const schema = {
  type: "object",
  properties: { n: { type: "integer" }, at: { type: "object", properties: { "a/b": { type: "string" } } } },
}
const columns = gridColumns(
  { columns: ["q"], models: ["a", "b"], output: { type: "json_schema", name: "x", schema } },
  "Input",
)

const answer = (place: number, value: unknown, more: Partial<GridAnswer> = {}): GridAnswer => ({
  ...{ place, state: "done", attempts: 1, value, edited: [], problems: [], error: null, model: null },
  ...{ inputTokens: 1, outputTokens: 1, costUsd: null, durationMs: 1, ...more },
})
const row = (...answers: GridAnswer[]): GridRowView => ({ number: 0, input: { fields: ["x"] }, answers })

test("each output field has one column per model, after the inputs", () => {
  expect(columns.map(({ key }) => key)).toEqual(["in:0", "out:0:n", "out:1:n", "out:0:at.a/b", "out:1:at.a/b"])
})

test("differences and problems are found per cell", () => {
  const [, first, second, deep] = columns
  if (first?.kind !== "answer" || second?.kind !== "answer" || deep?.kind !== "answer")
    return expect.unreachable("no answers")
  const two = row(answer(0, { n: 1, at: { "a/b": " X" } }), answer(1, { n: 2, at: { "a/b": "x" } }))
  expect([cellValue(two, first), cellValue(two, second)]).toEqual([1, 2])
  expect([differs(two, first.column), differs(two, deep.column)]).toEqual([true, false])
  expect(differs(row(answer(0, { n: 1 }), answer(1, null, { state: "failed" })), first.column)).toBe(false)
  const wrong = answer(0, {}, { problems: [{ path: "/at/a~1b", message: "bad" }] })
  expect([problemOf(wrong, deep.column), problemOf(wrong, first.column), problemOf(undefined, deep.column)]).toEqual([
    "bad",
    null,
    null,
  ])
  expect(answerAt(two, 3)).toBeUndefined()
})

test("typed text is converted to the field's type", () => {
  const [, n] = columns
  if (n?.kind !== "answer") return expect.unreachable("no answer")
  const as = (type: string | null, text: string) => typedValue(text, { ...n.column, type })
  expect([as("integer", " 12 "), as("integer", "x"), as("integer", "")]).toEqual([
    { value: 12 },
    { error: "notNumber" },
    { value: null },
  ])
  expect([as("string", ""), as("boolean", "True"), as("array", '["a"]'), as("array", "a")]).toEqual([
    ...[{ value: "" }, { value: true }, { value: ["a"] }, { error: "notJson" }],
  ])
  expect([as(null, "plain"), as(null, "5")]).toEqual([{ value: "plain" }, { value: 5 }])
  expect([editText({ a: 1 }), editText(null), editText(5)]).toEqual(['{\n  "a": 1\n}', "", "5"])
})

test("arrow keys move within the table", () => {
  const bounds = { rows: 10, columns: 2, page: 4 }
  expect(moved("ArrowDown", { row: 9, column: 0 }, bounds)).toEqual({ row: 9, column: 0 })
  expect(moved("ArrowLeft", { row: 0, column: 0 }, bounds)).toEqual({ row: 0, column: -1 })
  expect(moved("PageDown", { row: 1, column: 1 }, bounds)).toEqual({ row: 5, column: 1 })
  expect(moved("End", { row: 1, column: 1 }, bounds)).toEqual({ row: 9, column: 1 })
  expect([moved("x", { row: 0, column: 0 }, bounds), moved("constructor", { row: 0, column: 0 }, bounds)]).toEqual([
    null,
    null,
  ])
  expect(moved("ArrowDown", { row: 0, column: 0 }, { ...bounds, rows: 0 })).toBeNull()
})

test("formats amounts and durations", () => {
  expect([usd(0, "en"), usd(0.00123, "en"), usd(12.345, "en")]).toEqual(["$0.00", "$0.0012", "$12.35"])
  expect([spanOf(0), spanOf(89), spanOf(600), spanOf(7_200)]).toEqual([
    ...[
      { unit: "seconds", count: 1 },
      { unit: "seconds", count: 89 },
    ],
    ...[
      { unit: "minutes", count: 10 },
      { unit: "hours", count: 2 },
    ],
  ])
})
