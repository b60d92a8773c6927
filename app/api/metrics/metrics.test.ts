import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { GET } from "@/app/api/metrics/route"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { startMeters, stopMeters } from "@/lib/observe/meters"
import { startObservation } from "@/lib/server/observation"

const TOKEN = "a-token-for-the-scraper"

let testDb: TestDatabase
beforeAll(async () => {
  vi.stubEnv("METRICS_TOKEN", TOKEN)
  testDb = await withTestDb()
  await startObservation()
})
afterAll(async () => {
  stopMeters()
  vi.unstubAllEnvs()
  await testDb.close()
})

const ask = (authorization?: string) =>
  GET(new Request("http://x/api/metrics", { headers: authorization ? { authorization } : {} }))

test("requests without the right token are rejected", async () => {
  for (const given of [undefined, "Bearer wrong", TOKEN, `Basic ${TOKEN}`]) {
    const refused = await ask(given)
    expect([refused.status, refused.headers.get("www-authenticate"), await refused.text()]).toEqual([401, "Bearer", ""])
  }
})

test("the process's metrics are served in Prometheus format", async () => {
  const answer = await ask(`Bearer ${TOKEN}`)
  expect([answer.status, answer.headers.get("content-type"), answer.headers.get("cache-control")]).toEqual([
    200,
    "text/plain; version=0.0.4; charset=utf-8",
    "no-store",
  ])
  const text = await answer.text()
  for (const line of ["sparkler_database_up 1", "sparkler_running_answers 0", "sparkler_database_waiting 0"])
    expect(text).toContain(`\n${line}\n`)
  expect(text).toContain('sparkler_work_threads{pool="documents"} 0')
  // The registry is the same for every caller.
  expect(text).toContain((await startMeters()).registry.getMetricsAsArray()[0]?.name ?? "nothing")
})
