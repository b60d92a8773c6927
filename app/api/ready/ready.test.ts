import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { GET } from "@/app/api/ready/route"
import { type Hub, startHub } from "@/lib/bus/hub.fixture"
import { connectHub, type HubClient } from "@/lib/bus/hub-client.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { singleton } from "@/lib/singleton"

let testDb: TestDatabase
let hub: Hub
let client: HubClient
beforeAll(async () => {
  testDb = await withTestDb()
  hub = await startHub()
  client = await connectHub(hub.socket)
  singleton("eventLog", () => client.log)
})
afterAll(async () => {
  await hub.close()
  await testDb.close()
})

test("a process whose logs are out of reach is not ready", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const ready = await GET()
  expect([ready.status, (await ready.json()).checks]).toEqual([200, { database: true, storage: true, log: true }])
  await client.close()
  const cut = await GET()
  expect([cut.status, (await cut.json()).checks]).toEqual([503, { database: true, storage: true, log: false }])
})
