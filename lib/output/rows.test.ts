import { expect, test } from "vitest"
import { readJson } from "@/lib/output/json-source"
import { cellText, jsonText, tableOf, toNdjson } from "@/lib/output/rows"

function shown(json: string): string[][] {
  const { columns, rows } = tableOf(readJson(json).value)
  return [columns, ...rows.map((row) => row.map(cellText))]
}

test("one row per item, nested fields with dots, plain lists in one cell", () => {
  expect(
    shown('[{"a":1,"b":{"c":"x","d":{"e":true}},"tags":["p","q"]},{"a":2,"b":{"c":null},"n":[{"z":1}],"o":{},"l":[]}]'),
  ).toEqual([
    ["a", "b.c", "n", "o", "l", "b.d.e", "tags"],
    ["1", "x", "", "", "", "true", "p; q"],
    ["2", "", '[{"z":1}]', "{}", "", "", ""],
  ])
})

test("an object around a single list is repeated in each of its rows", () => {
  expect(shown('{"shop":"M","items":[{"what":"tea","n":2},{"what":"milk"}],"total":9007199254740993}')).toEqual([
    ["shop", "items.what", "items.n", "total"],
    ["M", "tea", "2", "9007199254740993"],
    ["M", "milk", "", "9007199254740993"],
  ])
  // Two lists don't share rows.
  expect(shown('{"a":[{"x":1}],"b":[{"y":2}]}')).toEqual([
    ["a", "b"],
    ['[{"x":1}]', '[{"y":2}]'],
  ])
})

test("two values with the same name get a column each", () => {
  expect(shown('[{"a.b":1,"a":{"b":2}},{"a":{"b":3}}]')).toEqual([
    ["a.b", "a.b (2)"],
    ["1", "2"],
    ["3", ""],
  ])
})

test("values without names get a column, too", () => {
  expect(shown('["a",1,null,{"b":2}]')).toEqual([
    ["value", "b"],
    ["a", ""],
    ["1", ""],
    ["", ""],
    ["", "2"],
  ])
  expect(shown("7")).toEqual([["value"], ["7"]])
  expect(shown("[]")).toEqual([[]])
})

test("JSON is written with its original digits and names, at any depth", () => {
  const text = '{"__proto__":{"a":1.10},"b":[],"c":{},"d":[1e400,"é\\n",null,true]}'
  expect(jsonText(readJson(text).value)).toBe(text)
  const deep = "[".repeat(50_000) + "]".repeat(50_000)
  expect(jsonText(readJson(deep).value)).toBe(deep)
  expect(toNdjson(readJson('[{"a":1}, {"a":[2, 3]}]').value)).toBe('{"a":1}\n{"a":[2,3]}\n')
  expect(toNdjson(readJson('{"a": 1}').value)).toBe('{"a":1}\n')
})
