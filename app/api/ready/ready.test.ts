import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { GET as health } from "@/app/api/health/route"
import { GET } from "@/app/api/ready/route"
import { type Hub, startHub } from "@/lib/bus/hub.fixture"
import { connectHub, type HubClient } from "@/lib/bus/hub-client.fixture"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { fileStorage } from "@/lib/files/storage"
import { runtime } from "@/lib/generation/runtime"
import { singleton } from "@/lib/singleton"

const redis = vi.hoisted(() => ({ refusal: (): string | null => null }))
vi.mock("@/lib/redis/here", async (original) => ({ ...(await original<object>()), sharedRedis: () => redis }))

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

const checksOf = async (query = "") => {
  const ready = await GET(new Request(`http://localhost/api/ready${query}`))
  return [ready.status, (await ready.json()).checks]
}
const WELL = { database: true, storage: true, log: true, running: true }

test("a process that is shutting down is not ready, but alive", async () => {
  expect(await checksOf()).toEqual([200, WELL])
  runtime().stopping = true
  expect(await checksOf()).toEqual([503, { ...WELL, running: false }])
  expect(health().status).toBe(200)
  runtime().stopping = false
})

test("a hanging dependency makes the process not ready, but alive", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  const { read } = client.log
  // Like a frozen server: no response, no error.
  client.log.read = () => new Promise(() => {})
  expect(await checksOf()).toEqual([503, { ...WELL, log: false }])
  expect(health().status).toBe(200)
  client.log.read = read
  expect(await checksOf()).toEqual([200, WELL])
})

test("concurrent checks query the file store once", async () => {
  const ready = vi.spyOn(fileStorage(), "ready")
  for (const [status] of await Promise.all(Array.from({ length: 20 }, () => checksOf()))) expect(status).toBe(200)
  expect(ready).toHaveBeenCalledTimes(1)
  await checksOf()
  expect(ready).toHaveBeenCalledTimes(2)
})

test("a process whose Redis rejects writes is not ready", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  redis.refusal = () => "OOM command not allowed"
  expect(await checksOf()).toEqual([503, { ...WELL, log: false }])
  redis.refusal = () => null
  expect(await checksOf()).toEqual([200, WELL])
})

test("a process whose logs are unreachable is not ready", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {})
  await client.close()
  expect(await checksOf()).toEqual([503, { ...WELL, log: false }])
  expect(await checksOf("?exclude=log")).toEqual([200, { ...WELL, log: false }])
  expect(await checksOf("?exclude=storage")).toEqual([503, { ...WELL, log: false }])
})
