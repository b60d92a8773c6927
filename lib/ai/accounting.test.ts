import { expect, test } from "vitest"
import { costOf } from "@/lib/ai/accounting"

test("cached tokens cost their own price, the rest of the input and the output theirs", () => {
  const price = { input: 3, cachedInput: 0.3, output: 15 }
  expect(costOf({ input: 1_000_000, output: 0 }, price)).toBe(3)
  expect(costOf({ input: 1_000_000, cachedInput: 1_000_000, output: 0 }, price)).toBeCloseTo(0.3)
  expect(costOf({ input: 1_000, cachedInput: 400, output: 100, reasoning: 50 }, price)).toBeCloseTo(
    (600 * 3 + 400 * 0.3 + 100 * 15) / 1e6,
  )
  // A server that counts more cached than sent must not make the price negative.
  expect(costOf({ input: 10, cachedInput: 99, output: 0 }, price)).toBeGreaterThan(0)
})
