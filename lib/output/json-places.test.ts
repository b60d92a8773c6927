import { expect, test } from "vitest"
import { lineAndColumn, placeOf, placesIn } from "@/lib/output/json-places"

const TEXT = '{\n  "a": { "b/c": [1, {"d": "x"}] },\n  "e": null\n}'
const at = (pointer: string) => {
  const { from, to } = placesIn(TEXT).get(pointer) ?? { from: 0, to: 0 }
  return TEXT.slice(from, to)
}

test("each value and each name has a position", () => {
  expect([at(""), at("/a/b~1c"), at("/a/b~1c/0"), at("/a/b~1c/1/d"), at("/e")]).toEqual([
    TEXT,
    '[1, {"d": "x"}]',
    "1",
    '"x"',
    "null",
  ])
  const { name } = placesIn(TEXT).get("/a/b~1c") ?? {}
  expect(name && TEXT.slice(name.from, name.to)).toBe('"b/c"')
  expect(placesIn(TEXT).get("/a/b~1c/0")?.name).toBeNull()
})

test("a missing path resolves to the enclosing value", () => {
  const place = placeOf(placesIn(TEXT), "/a/none/deeper")
  expect(place && TEXT.slice(place.from, place.to)).toBe('{ "b/c": [1, {"d": "x"}] }')
  expect(placeOf(new Map(), "/a")).toBeNull()
})

test("truncated text has positions so far", () => {
  const cut = '{ "a": [true, {"b": '
  expect([...placesIn(cut).keys()].sort()).toEqual(["", "/a", "/a/0", "/a/1"])
})

test("lines and columns start at one", () => {
  expect([0, 2, 4, TEXT.length].map((offset) => lineAndColumn(TEXT, offset))).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 1 },
    { line: 2, column: 3 },
    { line: 4, column: 2 },
  ])
})
