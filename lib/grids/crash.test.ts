/** `kill -9` while a grid runs: every row is right, and only rows that were in progress are asked twice. */
import type { ChildProcess } from "node:child_process"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { config } from "@/lib/config"
import { progressFor } from "@/lib/db/grids/progress"
import { forkFixture } from "@/lib/fork.fixture"
import { MODELS, setUp, started, user } from "@/lib/generation/generation.fixture"
import { controlGrid } from "@/lib/grids/control"
import { newGrid } from "@/lib/grids/grids.cases"
import { type RowUpstream, startRowUpstream } from "@/lib/grids/upstream.fixture"

setUp()

const ROWS = 300
const children: ChildProcess[] = []
let upstream: RowUpstream | undefined
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL")
  await upstream?.close()
})

/** Uses this process's settings. */
async function begin(): Promise<ChildProcess> {
  const child = forkFixture(path.join(import.meta.dirname, "process.fixture.ts"), [], {
    FIREWORKS_BASE_URL: config().baseUrl,
  })
  children.push(child)
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve())
    child.once("exit", (code) => reject(new Error(`the process ended with ${code}`)))
  })
  return child
}

const die = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once("exit", resolve)
    child.kill("SIGKILL")
  })

test("a process that dies midway loses no row, and pays twice only for those in flight", {
  timeout: 480_000,
}, async () => {
  const database = started.testDb.database
  upstream = await startRowUpstream(MODELS)
  config().baseUrl = upstream.url
  upstream.faults = { percent: 10, storm: { every: 120, length: 15, retryAfterS: 1 }, delayMs: 60 }
  const gridId = await newGrid(ROWS)
  await controlGrid(user.id, gridId, { action: "start" })
  const first = await begin()
  const done = async () => (await progressFor(user.id, gridId))?.places[0]?.counts.done ?? 0
  await expect.poll(done, { timeout: 150_000 }).toBeGreaterThan(ROWS / 3)
  await die(first)
  const rows = await database.gridAnswer.findMany({ where: { gridId } })
  const kept = new Map(rows.filter(({ state }) => state === "done").map(({ number, result }) => [number, result]))
  const inFlight = new Set(rows.filter(({ state }) => state === "running").map(({ number }) => number))
  expect(kept.size).toBeLessThan(ROWS)
  const asked = new Map(upstream.asked)
  await begin()
  await expect.poll(async () => (await progressFor(user.id, gridId))?.state, { timeout: 240_000 }).toBe("done")
  const after = await database.gridAnswer.findMany({ where: { gridId } })
  for (const { number, state, result } of after)
    expect({ number, state, result }).toEqual({
      number,
      state: "done",
      result: { value: { row: number, even: number % 2 === 0 } },
    })
  // Stored answers were never requested again.
  for (const [number, result] of kept) {
    expect(upstream.asked.get(number), `row ${number}`).toBe(asked.get(number))
    expect(after.find((row) => row.number === number)?.result).toEqual(result)
  }
  const twice = [...upstream.answered].filter(([, count]) => count > 1)
  expect(twice.every(([number, count]) => inFlight.has(number) && count === 2)).toBe(true)
})
