import { expect, test } from "vitest"
import { filtered, initialColumnWidths, numberColumns, sorted } from "@/components/data-table/order"
import { tableInput } from "@/lib/ai/tools/show_table/types"

const rows = [
  ["Zürich", 12, true],
  ["aarau", null, false],
  ["Item 10", 3, null],
  ["Item 9", -1.5, true],
]

test("rows sort by locale, numbers by value, empty cells last in both directions", () => {
  const names = (column: number, down: boolean) => sorted(rows, { column, down }, "de").map(([name]) => name)
  expect(names(0, false)).toEqual(["aarau", "Item 9", "Item 10", "Zürich"])
  expect(names(1, false)).toEqual(["Item 9", "Item 10", "Zürich", "aarau"])
  expect(names(1, true)).toEqual(["Zürich", "Item 10", "Item 9", "aarau"])
})

test("filter words may match in different cells, ignoring accents", () => {
  expect(filtered(rows, "ZURICH 12").map(([name]) => name)).toEqual(["Zürich"])
  expect(filtered(rows, "item true").map(([name]) => name)).toEqual(["Item 9"])
  expect(filtered(rows, " ")).toBe(rows)
})

test("numeric columns are detected, and initial widths are set", () => {
  const table = { columns: ["Name", "Value", "On"], rows }
  expect(numberColumns(table)).toEqual([false, true, false])
  expect(initialColumnWidths({ columns: ["a", "b"], rows: [["x".repeat(500), 1]] })).toEqual([320, 72])
})

test("rows with missing or extra cells are not a table", () => {
  expect(() => tableInput.parse({ columns: ["a", "b"], rows: [[1]] })).toThrow(/2 cells/)
  expect(() => tableInput.parse({ columns: Array(50).fill("a"), rows: Array(500).fill(Array(50).fill(1)) })).toThrow(
    /20000 cells/,
  )
})
