/** kill -9 while a grid runs on the real server: every row is correct, and only rows in flight are paid twice. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { freePort, startApp } from "@/e2e/support/app"
import { expect, test } from "@/e2e/support/fixtures"
import { Guest } from "@/e2e/support/guest"
import type { GridHead, GridRowView } from "@/lib/grids/types"
import { startRowUpstream } from "@/lib/grids/upstream.fixture"

const ROWS = 400
/** Milliseconds of an answer before the crash, so that some are still running when it happens. */
const DELAY_MS = 400
const MODEL = "accounts/fireworks/models/kimi-k3"
const SCHEMA = {
  type: "object",
  properties: { row: { type: "integer" }, even: { type: "boolean" } },
  required: ["row", "even"],
}

test(`a grid of ${ROWS} rows survives a crash half-way, with faults and bursts of 429`, async () => {
  const upstream = await startRowUpstream([MODEL])
  upstream.faults = { percent: 10, storm: { every: 150, length: 20, retryAfterS: 1 }, delayMs: DELAY_MS }
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-grid-"))
  const env = { FIREWORKS_API_KEY: "fw-test", FIREWORKS_BASE_URL: upstream.url, DEFAULT_MODEL: MODEL }
  const place = { dataDir, port: await freePort(), env: { ...env, AUTH_SECRET: "s".repeat(40) } }
  let app = await startApp(place)
  try {
    const guest = await Guest.arrive(app.url)
    const id = randomUUID()
    const output = { type: "json_schema", name: "rows", schema: SCHEMA }
    const json = async (way: string, body?: object) => {
      const response = await guest.request(`/api/grids${way}`, body)
      expect(response.status, await response.clone().text()).toBeLessThan(300)
      return response.status === 204 ? null : response.json()
    }
    await json("", { id, title: "Rows", output, models: [MODEL] })
    const rows = Array.from({ length: ROWS }, (_, row) => ({ text: `This is row ${row}.` }))
    await json(`/${id}/rows`, { start: 0, rows })
    await json(`/${id}/run`, { action: "start" })
    const head = async (): Promise<GridHead> => (await json(`/${id}`)).grid
    const done = async () => (await head()).progress.places[0]?.counts.done ?? 0
    await expect.poll(done, { timeout: 90_000, intervals: [100] }).toBeGreaterThan(ROWS / 3)
    await app.kill9()
    // Requests in flight at the crash are answered by the model server, and counted.
    await wait(2 * DELAY_MS)
    upstream.faults.delayMs = 80
    const asked = new Map(upstream.answered)
    app = await startApp(place)
    const stored = await done()
    expect(stored).toBeLessThan(ROWS)
    await expect.poll(async () => (await head()).progress.state, { timeout: 150_000 }).toBe("done")
    for (let from = 0; from < ROWS; from += 200) {
      const numbers = Array.from({ length: 200 }, (_, at) => from + at)
      const { rows: read }: { rows: GridRowView[] } = await json(`/${id}/rows?rows=${numbers.join(",")}`)
      for (const { number, answers } of read)
        expect(answers[0]).toMatchObject({ state: "done", value: { row: number, even: number % 2 === 0 } })
      expect(read).toHaveLength(200)
    }
    const twice = [...upstream.answered.values()].filter((count) => count > 1)
    // At most those in flight at the crash, whose results weren't stored.
    expect(twice.every((count) => count === 2)).toBe(true)
    expect(twice.length).toBeLessThanOrEqual([...asked.values()].reduce((sum, count) => sum + count, 0) - stored)
  } finally {
    await app.stop()
    await upstream.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
