/** Limits per minute and person. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { changeSettings } from "@/lib/operator/settings"
import { takeRate } from "@/lib/quota/rates"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
  await changeSettings({ messagesPerMinute: 6, searchesPerMinute: 600 })
})
afterAll(() => testDb.close())

const NOW = Date.parse("2026-11-29T12:00:00Z")
const taking = (userId: string, now: number) => takeRate(userId, "messages", now)

test("as many at once as in a minute, then one each time one is free again", async () => {
  for (let n = 0; n < 6; n++) await taking("ada", NOW)
  await expect(taking("ada", NOW)).rejects.toMatchObject({
    ...{ code: "limit:reached", retryAfterS: 10, message: expect.stringContaining("Try again in 10 seconds.") },
  })
  await taking("ada", NOW + 10_000)
  await expect(taking("ada", NOW + 10_000)).rejects.toMatchObject({ status: 429 })
  // Refused attempts don't extend the wait.
  for (let n = 0; n < 50; n++) await taking("ada", NOW + 15_000).catch(() => undefined)
  await taking("ada", NOW + 20_000)
})

test("others, at the same address or not, and other things have their own", async () => {
  await taking("ben", NOW)
  for (let n = 0; n < 100; n++) await takeRate("ada", "searches", NOW)
  await expect(taking("ada", NOW)).rejects.toMatchObject({ code: "limit:reached" })
})

test("what was not used doesn't add up, and a new limit counts at once", async () => {
  for (let n = 0; n < 6; n++) await taking("ada", NOW + 3_600_000)
  await expect(taking("ada", NOW + 3_600_000)).rejects.toMatchObject({ code: "limit:reached" })
  await changeSettings({ messagesPerMinute: 600 })
  await taking("ada", NOW + 3_600_200)
})
