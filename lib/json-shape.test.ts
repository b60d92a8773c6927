import { expect, test } from "vitest"
import { isTooMuch, JsonShape, MAX_JSON_DEPTH } from "@/lib/json-shape"

const shapeOf = (text: string, length = text.length) => {
  const shape = new JsonShape()
  for (let at = 0; at < text.length; at += length) shape.feed(text.slice(at, at + length))
  return { deepest: shape.deepest, values: shape.values }
}

test.each<[text: string, deepest: number, values: number]>([
  ["", 0, 0],
  ['{"a":[1,{"b":2}]}', 3, 4],
  ['{"a":"[[[,,,{{{","b":"\\"[,"}', 1, 2],
  ["[[[]]],[[]]", 3, 6],
])("the shape of %s, in chunks of any length", (text, deepest, values) => {
  for (const length of [1, 2, 3, 100]) expect(shapeOf(text, length)).toEqual({ deepest, values })
})

test("excessive depth or number of values is detected; brackets in strings don't count", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels)
  expect(isTooMuch(nested(MAX_JSON_DEPTH), 1_000)).toBe(false)
  expect(isTooMuch(nested(MAX_JSON_DEPTH + 1), 1_000)).toBe(true)
  expect(isTooMuch(JSON.stringify("[,".repeat(5_000)), 1_000)).toBe(false)
  expect(isTooMuch(`[${"1,".repeat(999)}1]`, 1_000)).toBe(false)
  expect(isTooMuch(`[${"1,".repeat(1_000)}1]`, 1_000)).toBe(true)
})
