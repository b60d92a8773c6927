import { expect, test } from "vitest"
import { pairsOf } from "@/lib/evals/compare"
import { expectedUsd, type Measured, speedOf, spreadOf, statsOf } from "@/lib/evals/stats"

test("median and 95th percentile of zero, one, few, and many values", () => {
  expect(spreadOf([])).toBeNull()
  expect(spreadOf([null, Number.NaN, Number.POSITIVE_INFINITY])).toBeNull()
  expect(spreadOf([7])).toEqual({ median: 7, p95: 7 })
  expect(spreadOf([0, 10])).toEqual({ median: 5, p95: 9.5 })
  expect(spreadOf([3, null, 1, 2])?.median).toBe(2)
  const many = Array.from({ length: 101 }, (_, at) => 100 - at)
  expect(spreadOf(many)).toEqual({ median: 50, p95: 95 })
  // Compared as numbers, not as strings: 9 is less than 10.
  expect(spreadOf([10, 9, 100])?.median).toBe(10)
})

const one = (more: Partial<Measured>): Measured => ({
  ...{ place: 0, state: "done", verdict: "pass", inputTokens: 10, outputTokens: 5, costUsd: 1, judgeUsd: null },
  ...{ firstMs: 100, speed: 50 },
  ...more,
})

test("the pass rate covers all checked cases that have ended: errors and unjudged ones don't count as passes", () => {
  const [stats, other] = statsOf(
    [
      one({}),
      one({ verdict: "fail", firstMs: 300 }),
      one({ verdict: "unjudged", judgeUsd: 0.5 }),
      one({ verdict: "none" }),
      one({ state: "failed", verdict: null, costUsd: null, firstMs: null, speed: null }),
      one({ state: "failed", verdict: "none", outputTokens: 0, costUsd: null }),
      one({ state: "waiting", verdict: null, outputTokens: 0, costUsd: null, firstMs: null }),
      one({ place: 1 }),
    ],
    2,
  )
  expect(stats).toMatchObject({
    ...{ pass: 1, fail: 1, unjudged: 1, checked: 4, costUsd: 4, judgeUsd: 0.5, unpriced: 1 },
    counts: { done: 4, failed: 2, waiting: 1 },
    firstMs: { median: 100 },
  })
  expect(other).toMatchObject({ pass: 1, checked: 1 })
  expect(statsOf([], 1)[0]).toMatchObject({ pass: 0, checked: 0, firstMs: null, speed: null })
})

test("the expected cost is known once something has been measured", () => {
  const left = one({ state: "waiting", verdict: null, outputTokens: 0, costUsd: null })
  expect(expectedUsd(statsOf([left], 1))).toBeNull()
  expect(expectedUsd(statsOf([one({ judgeUsd: 1 }), left, left], 1))).toBe(6)
  expect(expectedUsd(statsOf([one({}), one({})], 1))).toBe(2)
  expect(expectedUsd(statsOf([one({}), { ...left, place: 1 }], 2))).toBeNull()
})

test("tokens per second are measured from the first token on", () => {
  expect(speedOf(101, 1_000, 2_000)).toBe(100)
  expect(speedOf(100, null, 2_000)).toBeNull()
  expect(speedOf(100, 2_000, 2_000)).toBeNull()
  expect(speedOf(1, 0, 2_000)).toBeNull()
})

test("columns of two runs are paired by model and preset, then by model, then by order", () => {
  const column = (model: string, place: number, preset: string | null = null) => ({ model, preset, place })
  const pairs = pairsOf(
    [column("a", 0), column("b", 1, "x"), column("c", 2)],
    [column("b", 0), column("a", 1), column("d", 2), column("e", 3)],
  )
  expect(pairs.map(([before, after]) => [before.model, after.model])).toEqual([
    ["b", "b"],
    ["a", "a"],
    ["c", "d"],
  ])
})
