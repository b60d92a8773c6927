/** Increasing waits, wherever they are counted. */
import { randomUUID } from "node:crypto"
import { expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { removeOldTries, storedTries, trimTries } from "@/lib/throttle/stored-tries"
import type { Schedule, Tries } from "@/lib/throttle/tries"

const NOW = Date.parse("2026-11-29T12:00:00Z")
const SCHEDULE: Schedule = { free: 3, firstMs: 1_000, mostMs: 8_000, forgetMs: 60_000 }
const named = (name: string = randomUUID()) => ({ name, schedule: SCHEDULE })

export function triesCases(kind: string, tries: Tries): void {
  test(`${kind}: each wait is twice the previous one, up to the maximum, and attempts during a wait don't count`, async () => {
    const one = [named()]
    let now = NOW
    const waits: number[] = []
    for (let n = 0; n < 8; n++) {
      expect(await tries.begin(one, now)).toEqual({ waitMs: 0, counts: [n + 1] })
      const left = await tries.waitOf(one, now)
      waits.push(left)
      if (left > 0) {
        expect(await tries.begin(one, now + 1)).toEqual({ waitMs: left - 1, counts: [] })
        expect((await tries.begin(one, now + left - 1)).waitMs).toBe(1)
      }
      now += left
    }
    expect(waits).toEqual([0, 0, 0, 1_000, 2_000, 4_000, 8_000, 8_000])
  })

  test(`${kind}: no more concurrent attempts get through than sequential ones`, async () => {
    const one = [named(), named()]
    const begun = await Promise.all(Array.from({ length: 200 }, () => tries.begin(one, NOW)))
    expect(begun.filter(({ waitMs }) => waitMs === 0)).toHaveLength(4)
    expect(begun.filter(({ counts }) => counts[0] === 4)).toHaveLength(1)
  })

  test(`${kind}: when one name has to wait, the others aren't counted`, async () => {
    const [full, other] = [named(), named()]
    for (let n = 0; n < 4; n++) await tries.begin([full], NOW)
    expect((await tries.begin([other, full], NOW)).waitMs).toBe(1_000)
    expect(await tries.begin([other], NOW)).toEqual({ waitMs: 0, counts: [1] })
  })

  test(`${kind}: a successful attempt removes the wait and its count; forgotten ones start over`, async () => {
    const one = [named()]
    for (let n = 0; n < 4; n++) await tries.begin(one, NOW)
    await tries.takeBack(one, NOW)
    expect(await tries.begin(one, NOW)).toEqual({ waitMs: 0, counts: [4] })
    await tries.forget(one)
    expect(await tries.begin(one, NOW)).toEqual({ waitMs: 0, counts: [1] })
    for (let n = 0; n < 3; n++) await tries.begin(one, NOW)
    expect(await tries.waitOf(one, NOW)).toBe(1_000)
    expect(await tries.begin(one, NOW + SCHEDULE.forgetMs + 1)).toEqual({ waitMs: 0, counts: [1] })
  })
}

export function storedTriesCases(database: () => Database): void {
  triesCases("in the database", storedTries)

  test("old entries are removed, and the oldest when there are too many", async () => {
    await database().throttle.deleteMany()
    const names = Array.from({ length: 12 }, () => named())
    for (const [place, one] of names.entries()) await storedTries.begin([one], NOW + 10_000 + place)
    await removeOldTries(new Date(NOW + 10_002))
    const countOf = async (place: number) => {
      const one = names[place]
      return one ? (await storedTries.begin([one], NOW + 20_000)).counts[0] : 0
    }
    expect(await countOf(1)).toBe(1)
    expect(await countOf(2)).toBe(2)
    // The newest: the two that were just started, and three more.
    await trimTries(5)
    expect(await database().throttle.count()).toBe(5)
    expect(await countOf(8)).toBe(1)
    expect(await countOf(9)).toBe(2)
  })
}
