import { setImmediate as nextTurn } from "node:timers/promises"
import { expect, test } from "vitest"
import { tryConsumeBudget } from "@/components/message/markdown/server-share"

test("the server has an initial Markdown rendering budget, which refills with a share of the time between event loop turns", async () => {
  expect(tryConsumeBudget(41, 1_000)).toBe(false)
  expect(tryConsumeBudget(30, 1_000)).toBe(true)
  expect(tryConsumeBudget(30, 1_001)).toBe(false)
  expect(tryConsumeBudget(10, 1_001)).toBe(true)
  await nextTurn()
  expect(tryConsumeBudget(10, 1_020)).toBe(false)
  await nextTurn()
  expect(tryConsumeBudget(10, 1_050)).toBe(true)
  await nextTurn()
  expect(tryConsumeBudget(40, 9_000)).toBe(true)
})

test("within one turn the budget does not refill, and is exhausted when pieces take longer than estimated", async () => {
  await nextTurn()
  expect(tryConsumeBudget(1, 20_000)).toBe(true)
  expect(tryConsumeBudget(1, 20_049)).toBe(true)
  expect(tryConsumeBudget(1, 20_050)).toBe(false)
  expect(tryConsumeBudget(1, 30_000)).toBe(false)
  await nextTurn()
  expect(tryConsumeBudget(40, 30_000)).toBe(true)
})
