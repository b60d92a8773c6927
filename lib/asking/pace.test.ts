import { expect, test } from "vitest"
import { Pace, retryAfterMs } from "@/lib/asking/pace"

test("each round of answers raises the concurrency by one, up to the maximum", () => {
  const pace = new Pace({ first: 4, most: 6 })
  const limits = Array.from({ length: 30 }, () => {
    pace.succeeded()
    return pace.limit
  })
  expect(limits.slice(0, 5)).toEqual([4, 4, 4, 5, 5])
  expect(limits.at(-1)).toBe(6)
})

test("a rejection halves it once for all earlier requests, and never below one", () => {
  const pace = new Pace({ first: 16, most: 32 })
  for (let n = 0; n < 16; n++) pace.refused(0, 1_000, null)
  expect(pace.limit).toBe(8)
  for (const at of [2_000, 3_000, 4_000, 5_000, 6_000]) pace.refused(at, at, null)
  expect(pace.limit).toBe(1)
})

test("requests pause until the time the server names, else with growing delays until an answer arrives", () => {
  const pace = new Pace({ first: 4, most: 8 })
  pace.refused(0, 1_000, 7_000)
  expect([pace.waitMs(1_000), pace.waitMs(7_999), pace.waitMs(8_000)]).toEqual([7_000, 1, 0])
  // A later, shorter wait doesn't shorten it.
  pace.refused(1_500, 2_000, 10)
  expect(pace.waitMs(2_000)).toBe(6_000)
  const other = new Pace({ first: 4, most: 8 })
  const waits = [10_000, 20_000, 40_000].map((at) => {
    other.refused(at, at, null)
    return other.waitMs(at)
  })
  expect(waits).toEqual([500, 1_000, 2_000])
  other.succeeded()
  other.refused(90_000, 90_000, null)
  expect(other.waitMs(90_000)).toBe(500)
  other.refused(200_000, 200_000, 3_600_000)
  expect(other.waitMs(200_000)).toBe(120_000)
})

test("retry-after is parsed as seconds or a date", () => {
  const now = Date.parse("2026-11-30T12:00:00Z")
  expect(retryAfterMs("2", now)).toBe(2_000)
  expect(retryAfterMs("Mon, 30 Nov 2026 12:00:05 GMT", now)).toBe(5_000)
  for (const nothing of [undefined, "", "soon", "-3"]) expect(retryAfterMs(nothing, now)).toBeNull()
})
