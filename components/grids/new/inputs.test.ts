import { expect, test } from "vitest"
import {
  columnNames,
  countOf,
  estimateUsd,
  gridRows,
  looksLikeTable,
  parseTable,
  piecesOf,
  textsOf,
} from "@/components/grids/new/inputs"

test("text inputs are separated by lines or by blank lines", () => {
  expect(textsOf("one\r\n\n two \n", false)).toEqual(["one", "two"])
  expect(textsOf("one\nmore\n\n\ntwo", true)).toEqual(["one\nmore", "two"])
})

test("content pasted from a spreadsheet is a table, prose is not", () => {
  expect(looksLikeTable("name\tage\nAda\t36\nBob\t40")).toBe(true)
  expect(looksLikeTable("name;city\nAda;London")).toBe(true)
  expect(looksLikeTable("A text, with commas, in it.\nAnother one.")).toBe(false)
  expect(looksLikeTable("one line, alone")).toBe(false)
})

test("CSV parsing respects quotes; only used columns and non-empty rows are included", () => {
  const table = parseTable('\uFEFFid,text,empty\n1,"Good, ""very"" good",\n,,\n2,"two\nlines",\n', "x.csv")
  if (!table) return expect.unreachable("it is a table")
  expect(table.used).toEqual([0, 1])
  expect(columnNames(table, String)).toEqual(["id", "text"])
  expect(gridRows(table)).toEqual([{ fields: ["1", 'Good, "very" good'] }, { fields: ["2", "two\nlines"] }])
  expect(gridRows({ ...table, used: [1] })).toEqual([{ fields: ['Good, "very" good'] }, { fields: ["two\nlines"] }])
  expect(parseTable("only,head\n", "x.csv")).toBeNull()
})

test("document pages are rows, and a grid has at most 5,000", () => {
  const files = [
    { imageId: "i", name: "a.png" },
    { documentId: "d", pages: 3, name: "b.pdf" },
  ]
  expect(gridRows({ kind: "files", files })).toEqual([
    { imageId: "i", name: "a.png" },
    ...[1, 2, 3].map((page) => ({ documentId: "d", page, name: "b.pdf" })),
  ])
  const texts = Array.from({ length: 6_000 }, (_, n) => `t${n}`)
  expect([countOf({ kind: "texts", texts }), gridRows({ kind: "texts", texts }).length]).toEqual([6_000, 5_000])
})

test("rows are sent in order, in batches within the request limit, without duplicates", () => {
  const rows = Array.from({ length: 1_203 }, (_, n) => ({ fields: [`${n}`, "x".repeat(n % 3 === 0 ? 9_000 : 10)] }))
  const pieces = [...piecesOf(rows)]
  expect(pieces.flat()).toEqual(rows)
  for (const piece of pieces) {
    expect(piece.length).toBeLessThanOrEqual(500)
    expect(JSON.stringify(piece).length).toBeLessThan(1_600_000)
  }
  const wide = Array.from({ length: 500 }, () => ({ fields: Array.from({ length: 100 }, () => "x") }))
  for (const piece of piecesOf(wide)) expect(piece.length * 103).toBeLessThanOrEqual(12_000)
  expect([...piecesOf([{ text: "y".repeat(2_000_000) }])]).toHaveLength(1)
})

test("an estimate grows with rows, models, and fields", () => {
  const price = { input: 1, output: 4 }
  const [one, two] = [[{ text: "x".repeat(400) }], Array.from({ length: 2 }, () => ({ text: "x".repeat(400) }))]
  expect(estimateUsd(two, 400, 5, [price])).toBeCloseTo(2 * estimateUsd(one, 400, 5, [price]), 12)
  expect(estimateUsd(one, 400, 5, [price, price])).toBeCloseTo(2 * estimateUsd(one, 400, 5, [price]), 12)
  expect(estimateUsd(one, 400, 0, [price])).toBeCloseTo((200 + 20 * 4) / 1e6, 12)
})
