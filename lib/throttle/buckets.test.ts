/** Token buckets. For limits per person and address, see lib/quota/rates.test.ts and lib/auth/guests.test.ts. */
import { expect, test } from "vitest"
import { take } from "@/lib/throttle/buckets"
import { bucketCases } from "@/lib/throttle/buckets.cases"
import { kept } from "@/lib/throttle/kept"

const NOW = Date.parse("2026-11-29T12:00:00Z")
const SIX = { most: 6, perMs: 60_000 }

test("100,000 names take no more memory than 20,000, and evict no names of another kind", async () => {
  for (let n = 0; n < 6; n++) await take("messages", "ada", SIX, NOW)
  for (let n = 0; n < 100_000; n++) await take("guests", `203.0.${n}`, SIX, NOW)
  expect(kept("bucket guests").size).toBe(20_000)
  expect(await take("messages", "ada", SIX, NOW)).toBe(10_000)
})

test("a frequent name is remembered, however many others come in between", async () => {
  for (let n = 0; n < 6; n++) await take("links", "eve", SIX, NOW)
  for (let n = 0; n < 30_000; n++) {
    await take("links", `other ${n}`, SIX, NOW)
    if (n % 1_000 === 0) await take("links", "eve", SIX, NOW)
  }
  expect(await take("links", "eve", SIX, NOW)).toBe(10_000)
})

bucketCases()
