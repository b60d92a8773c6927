/**
 * `kill -9` while an eval runs: every answer is stored and judged, and only questions that were in progress are asked
 * twice.
 */
import type { ChildProcess } from "node:child_process"
import path from "node:path"
import { afterAll, expect, test } from "vitest"
import { config } from "@/lib/config"
import type { EvalCheck } from "@/lib/evals/contract/eval"
import { newEval, newRun } from "@/lib/evals/evals.cases"
import { runHead } from "@/lib/evals/read"
import { forkFixture } from "@/lib/fork.fixture"
import { MODELS, setUp, started, user } from "@/lib/generation/generation.fixture"
import { type RowUpstream, startRowUpstream } from "@/lib/grids/upstream.fixture"

setUp()

const CASES = 120
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

test("a process that dies midway loses no answer, and pays twice only for those in flight", {
  timeout: 480_000,
}, async () => {
  const { database } = started.testDb
  upstream = await startRowUpstream(MODELS)
  config().baseUrl = upstream.url
  upstream.faults = { percent: 10, storm: { every: 120, length: 15, retryAfterS: 1 }, delayMs: 60 }
  upstream.reply = (asked, row) =>
    asked.response_format?.json_schema?.name === "verdict" ? '{"reason":"even","pass":true}' : `row ${row}`
  const checks = Array.from(
    { length: CASES },
    (_, row): EvalCheck =>
      row % 2 === 0
        ? { kind: "judge", rubric: "It names the row." }
        : { kind: "exact", expected: `row ${row}`, matchCase: true },
  )
  const run = await newRun(await newEval(checks), MODELS.slice(0, 2))
  const first = await begin()
  const done = async () => (await runHead(user.id, run)).stats.reduce((sum, { counts }) => sum + counts.done, 0)
  await expect.poll(done, { timeout: 150_000 }).toBeGreaterThan(CASES * 0.7)
  await die(first)
  const before = await database.evalAnswer.findMany({ where: { runId: run } })
  const said = before.filter(({ result }) => result !== null)
  const inFlight = new Set(before.filter(({ state }) => state === "running").map(({ number }) => number))
  expect(said.length).toBeLessThan(CASES * 2)
  await begin()
  await expect.poll(async () => (await runHead(user.id, run)).state, { timeout: 240_000 }).toBe("done")
  const after = await database.evalAnswer.findMany({ where: { runId: run } })
  for (const { number, place, state, verdict, result } of after)
    expect({ number, place, state, verdict, result }).toEqual({
      ...{ number, place, state: "done", verdict: "pass", result: { text: `row ${number}` } },
    })
  // Each question is answered once per column; only those in flight at the crash may have more.
  const more = [...upstream.answered].filter(([, count]) => count > 2)
  expect(more.filter(([number]) => !inFlight.has(number))).toEqual([])
  expect(upstream.answered.size).toBe(CASES)
})
