import { expect, test } from "vitest"
import { addUsage, cacheSavingsUsd, costOf } from "@/lib/ai/accounting"

test("cached tokens have their own price; the remaining input and the output have theirs", () => {
  const price = { input: 3, cachedInput: 0.3, output: 15 }
  expect(costOf({ input: 1_000_000, output: 0 }, price)).toBe(3)
  expect(costOf({ input: 1_000_000, cachedInput: 1_000_000, output: 0 }, price)).toBeCloseTo(0.3)
  expect(costOf({ input: 1_000, cachedInput: 400, output: 100, reasoning: 50 }, price)).toBeCloseTo(
    (600 * 3 + 400 * 0.3 + 100 * 15) / 1e6,
  )
  // A server that reports more cached than sent tokens must not make the price negative.
  expect(costOf({ input: 10, cachedInput: 99, output: 0 }, price)).toBeGreaterThan(0)
})

test("cache savings are the difference between the two prices", () => {
  const price = { input: 3, cachedInput: 0.3, output: 15 }
  expect(cacheSavingsUsd({ input: 1_000_000, cachedInput: 500_000, output: 9 }, price)).toBeCloseTo(1.35)
  expect(cacheSavingsUsd({ input: 10, output: 9 }, price)).toBe(0)
  expect(cacheSavingsUsd({ input: 10, cachedInput: 99, output: 0 }, price)).toBeCloseTo((10 * 2.7) / 1e6)
  expect(cacheSavingsUsd({ input: 10, cachedInput: 10, output: 0 }, { ...price, cachedInput: 4 })).toBe(0)
})

test("usage is summed, and one answer's limit is not carried over to the sum", () => {
  const a = { input: 1, output: 2, cachedInput: 1, savedUsd: 0.5, limit: 2 }
  expect(addUsage(a, { input: 10, output: 20 })).toEqual({ input: 11, output: 22, cachedInput: 1, savedUsd: 0.5 })
})
