/** Limits per minute and person. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { changeSettings } from "@/lib/operator/settings"
import { consumeRateLimit } from "@/lib/quota/rates"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
  await changeSettings({ messagesPerMinute: 6, searchesPerMinute: 600 })
})
afterAll(() => testDb.close())

const NOW = Date.parse("2026-11-29T12:00:00Z")
const taking = (userId: string, now: number) => consumeRateLimit(userId, "messages", now)

test("allows a burst of a minute's requests, then one whenever a slot is free", async () => {
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

test("other users, at the same address or not, and other actions have separate limits", async () => {
  await taking("ben", NOW)
  for (let n = 0; n < 100; n++) await consumeRateLimit("ada", "searches", NOW)
  await expect(taking("ada", NOW)).rejects.toMatchObject({ code: "limit:reached" })
})

test("unused requests don't accumulate, and a new limit applies immediately", async () => {
  for (let n = 0; n < 6; n++) await taking("ada", NOW + 3_600_000)
  await expect(taking("ada", NOW + 3_600_000)).rejects.toMatchObject({ code: "limit:reached" })
  await changeSettings({ messagesPerMinute: 600 })
  await taking("ada", NOW + 3_600_200)
})
