import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { watchGrowth } from "@/lib/work/growth"

const MB = 1_000_000
let rss = 0
beforeEach(() => {
  vi.useFakeTimers()
  vi.spyOn(process.memoryUsage, "rss").mockImplementation(() => rss)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const at = (mb: number) => {
  rss = mb * MB
  vi.advanceTimersByTime(1_000)
}

test("excessive memory growth is reported once, and memory freed by others is not counted as available", () => {
  const told: string[] = []
  rss = 100 * MB
  const endFirst = watchGrowth(
    () => 450,
    () => told.push("first"),
  )
  at(500)
  expect(told).toEqual([])
  const endSecond = watchGrowth(
    () => 450,
    () => told.push("second"),
  )
  at(560)
  expect(told).toEqual(["first"])
  endFirst()
  // The first task's memory is free again.
  at(160)
  at(600)
  expect(told).toEqual(["first"])
  at(620)
  at(900)
  expect(told).toEqual(["first", "second"])
  endSecond()
})

test("an ended watch reports nothing", () => {
  const over = vi.fn()
  rss = 0
  watchGrowth(() => 10, over)()
  at(1_000)
  expect(over).not.toHaveBeenCalled()
})
