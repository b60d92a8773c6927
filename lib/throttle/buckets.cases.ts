/** Cases that buckets must pass, wherever they are counted. */
import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import { take } from "@/lib/throttle/buckets"

const NOW = Date.parse("2026-11-29T12:00:00Z")
const SIX = { most: 6, perMs: 60_000 }

export function bucketCases(): void {
  test("a bucket refills over time, and a rejected request takes nothing", async () => {
    const name = randomUUID()
    for (let n = 0; n < 6; n++) expect(await take("filling", name, SIX, NOW)).toBe(0)
    expect(await take("filling", name, SIX, NOW)).toBe(10_000)
    expect(await take("filling", name, SIX, NOW + 9_999)).toBeCloseTo(1)
    expect(await take("filling", name, SIX, NOW + 10_000)).toBe(0)
    expect(await take("filling", name, SIX, NOW + 12_500)).toBe(7_500)
    expect(await take("filling", randomUUID(), SIX, NOW)).toBe(0)
  })

  test("of many concurrent requests, exactly the limit gets through", async () => {
    const name = randomUUID()
    const all = await Promise.all(Array.from({ length: 300 }, () => take("many", name, { most: 100, perMs: 1e9 })))
    expect(all.filter((wait) => wait === 0)).toHaveLength(100)
  })

  test("a clock set back takes nothing away; an empty bucket grants nothing", async () => {
    const name = randomUUID()
    expect(await take("clock", name, SIX, NOW)).toBe(0)
    for (let n = 0; n < 5; n++) expect(await take("clock", name, SIX, NOW - 3_600_000)).toBe(0)
    expect(await take("clock", name, SIX, NOW - 3_600_000)).toBe(10_000)
    expect(await take("none", name, { most: 0, perMs: 60_000 }, NOW)).toBe(60_000)
  })
}
