import { expect, test } from "vitest"
import { rangeOf } from "@/lib/http/ranges"

const ask = (range?: string, condition?: string) =>
  rangeOf(new Headers({ ...(range ? { range } : {}), ...(condition ? { "if-range": condition } : {}) }), 10, '"tag"')

test.each([
  ["bytes=0-0", { start: 0, end: 0 }],
  ["bytes=2-5", { start: 2, end: 5 }],
  ["bytes=2-", { start: 2, end: 9 }],
  ["bytes=2-99", { start: 2, end: 9 }],
  ["bytes=-3", { start: 7, end: 9 }],
  ["bytes=-99", { start: 0, end: 9 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=99-100", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=a-b", null],
  ["bytes=0-1,3-4", null],
  ["items=0-1", null],
])("%s", (range, expected) => expect(ask(range)).toEqual(expected))

test("everything is sent without a range, or when the file has changed", () => {
  expect(ask()).toBeNull()
  expect(ask("bytes=1-2", '"other"')).toBeNull()
  expect(ask("bytes=1-2", '"tag"')).toEqual({ start: 1, end: 2 })
})
