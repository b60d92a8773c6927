import { expect, test } from "vitest"
import { setKeyword } from "@/lib/output/form/edit"
import { limitOf } from "@/lib/output/form/limits"
import { compact, objectOf } from "@/lib/output/form/source"
import { JsonNumber } from "@/lib/output/json-source"

const meant = (keyword: string, typed: string) => {
  const { value, wrong } = limitOf(keyword, typed)
  return value instanceof JsonNumber ? Number(value.source) : wrong
}

test.each([
  ["maxLength", "1000", 1_000],
  ["maxLength", " 007 ", 7],
  ["maximum", "12,5", 12.5],
  ["maximum", "-.5", -0.5],
  ["maximum", "+5.", 5],
  ["maximum", "1e3", 1_000],
  ["multipleOf", "0,01", 0.01],
])("%s: “%s” is %d", (keyword, typed, number) => {
  expect(meant(keyword, typed)).toBe(number)
})

test.each([
  // Means a thousand in some countries, one in others.
  ["maxLength", "1,000", "count"],
  ["maxLength", "1.000", "count"],
  ["maximum", "1,000", "number"],
  ["minItems", "-1", "count"],
  ["minItems", "2.5", "count"],
  ["maximum", "0x10", "number"],
  ["maximum", "1e999", "number"],
  ["maximum", "-", "number"],
  ["multipleOf", "0", "step"],
])("%s: “%s” is invalid", (keyword, typed, problem) => {
  expect(meant(keyword, typed)).toBe(problem)
})

test("a limit keeps all its digits, and empty input means no limit", () => {
  const { value } = limitOf("maximum", "12345678901234567890,50")
  expect(compact(setKeyword(objectOf([]), [], "maximum", value))).toBe('{"maximum":12345678901234567890.50}')
  expect(limitOf("maximum", " ")).toEqual({ value: null, wrong: null })
  expect(limitOf("pattern", "1,000")).toEqual({ value: "1,000", wrong: null })
})
