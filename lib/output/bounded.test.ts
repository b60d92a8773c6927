import { expect, test } from "vitest"
import { TimeLimitError, withinTime } from "@/lib/output/bounded"

test("work gives its result, and throws what it throws", () => {
  expect(withinTime(1_000, () => 7)).toBe(7)
  expect(withinTime(1_000, () => false)).toBe(false)
  const fault = new RangeError("mine")
  expect(() =>
    withinTime(1_000, () => {
      throw fault
    }),
  ).toThrow(fault)
})

test("work without end is broken off, and the next work runs", () => {
  expect(() =>
    withinTime(20, () => {
      while (performance.now() >= 0);
    }),
  ).toThrow(TimeLimitError)
  expect(withinTime(1_000, () => 7)).toBe(7)
})
