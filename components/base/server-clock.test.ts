import { afterEach, beforeEach, expect, it, vi } from "vitest"
import { serverClock } from "@/components/base/server-clock"

const NOW = Date.parse("2026-11-28T12:00:00Z")
const DAY_MS = 24 * 60 * 60 * 1_000

beforeEach(() => vi.useFakeTimers({ now: NOW }))
afterEach(() => {
  serverClock.learn(Date.now())
  vi.useRealTimers()
})

it("uses the local clock when it agrees with the server's", () => {
  serverClock.learn(NOW - 5_000)
  expect(serverClock.now()).toBe(NOW)
  serverClock.learn(Number.NaN)
  expect(serverClock.now()).toBe(NOW)
})

it.each([
  ["ahead", -DAY_MS],
  ["behind", DAY_MS],
])("is correct on a machine whose clock is a day %s, and keeps ticking", (_, difference) => {
  let told = 0
  const leave = serverClock.subscribe(() => told++)
  serverClock.learn(NOW + difference)
  serverClock.learn(NOW + difference + 900)
  expect([serverClock.now(), told]).toEqual([NOW + difference, 1])
  vi.advanceTimersByTime(60_000)
  expect(serverClock.now()).toBe(NOW + difference + 60_000)
  leave()
})
