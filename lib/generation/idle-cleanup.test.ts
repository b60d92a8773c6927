import { expect, test } from "vitest"
import { createIdleCleanup, IDLE_BEATS } from "@/lib/generation/idle-cleanup"

test("collects once after startup and after each load, and never while an answer is running", () => {
  let collected = 0
  const beat = createIdleCleanup(() => collected++)
  const beats = (count: number, running: number) => {
    for (let n = 0; n < count; n++) beat(running)
  }
  beats(IDLE_BEATS - 1, 0)
  expect(collected).toBe(0)
  beats(50, 0)
  expect(collected).toBe(1)
  beats(50, 3)
  expect(collected).toBe(1)
  beats(IDLE_BEATS - 1, 0)
  beats(1, 1)
  beats(IDLE_BEATS - 1, 0)
  expect(collected).toBe(1)
  beats(50, 0)
  expect(collected).toBe(2)
})

test("does nothing without a collector", () => {
  const beat = createIdleCleanup(undefined)
  expect(() => {
    for (let n = 0; n < 50; n++) beat(0)
  }).not.toThrow()
})
