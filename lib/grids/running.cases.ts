/** Requirements while a grid runs, whatever its user and its database do: on either database, like `grids.cases.ts`. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, beforeAll, expect, test, vi } from "vitest"
import { config } from "@/lib/config"
import { raw } from "@/lib/db/client"
import { addSecondModel, beginRun } from "@/lib/db/grids/grids"
import { spentOn } from "@/lib/db/grids/progress"
import { storeOwnKey } from "@/lib/db/people/own-keys"
import { MODEL, MODELS, newGuest, started, user } from "@/lib/generation/generation.fixture"
import { controlGrid } from "@/lib/grids/control"
import { exportRows } from "@/lib/grids/export"
import { changeGrid, headOf, requireGrid } from "@/lib/grids/grids"
import { newGrid } from "@/lib/grids/grids.cases"
import { gridJob } from "@/lib/grids/job"
import { addInputs, editCell, rowsOf } from "@/lib/grids/rows"
import { viewQuerySchema } from "@/lib/grids/types"
import { type RowUpstream, startRowUpstream } from "@/lib/grids/upstream.fixture"
import { viewOf } from "@/lib/grids/view"
import { JobRunner } from "@/lib/jobs/runner"
import { changeSettings } from "@/lib/operator/settings"
import { PURPOSES, seal } from "@/lib/seal"

const [, OTHER = "", THIRD = ""] = MODELS

export function runningCases(): void {
  let upstream: RowUpstream
  const runners: JobRunner[] = []
  beforeAll(async () => {
    upstream = await startRowUpstream(MODELS)
    config().baseUrl = upstream.url
    return () => upstream.close()
  })
  afterEach(async () => {
    upstream.faults = { percent: 0 }
    upstream.reply = undefined
    vi.restoreAllMocks()
    await Promise.all(runners.splice(0).map((runner) => runner.stop()))
    await started.testDb.database.job.deleteMany()
    upstream.asked.clear()
    upstream.answered.clear()
    await changeSettings({ guestQuotas: null, ownKeys: null })
  })

  async function runAll(): Promise<void> {
    const runner = new JobRunner({ kinds: [gridJob], nodeId: uuidv7(), atOnce: 2, everyMs: 1_000_000 })
    runners.push(runner)
    await runner.wake()
    await runner.settled()
  }
  const start = async (id: string, as = user) => {
    await controlGrid(as.id, id, { action: "start" })
    await runAll()
  }
  const stood = async (id: string, as = user) => (await headOf(as.id, id)).progress
  const quotaOf = (id: string) => started.testDb.database.user.findUniqueOrThrow({ where: { id } })

  test("a refusal for lack of capacity does not use the user's quota", { timeout: 60_000 }, async () => {
    const guest = await newGuest()
    await changeSettings({ guestQuotas: { answersPerDay: 5, spendPerMonthUsd: null, storageMb: null } })
    const id = await newGrid(5, {}, guest)
    let refusals = 0
    upstream.reply = () => (refusals++ < 5 ? 429 : undefined)
    await start(id, guest)
    expect(await stood(id, guest)).toMatchObject({ state: "done", places: [{ counts: { done: 5 } }] })
    expect(await quotaOf(guest.id)).toMatchObject({ answersToday: 5 })
  })

  test("a key enabled during a run pays from then on, and every answer is paid for", async () => {
    const guest = await newGuest()
    await changeSettings({ ownKeys: true })
    const id = await newGrid(16, {}, guest)
    upstream.faults = { percent: 0, most: 2 }
    await controlGrid(guest.id, id, { action: "start" })
    const running = runAll()
    await expect.poll(() => upstream.answered.size).toBe(2)
    const sealed = seal("fw-own", config().authSecret, PURPOSES.ownKey)
    await storeOwnKey(guest.id, { sealed, lastFour: "-own" })
    upstream.faults = { percent: 0 }
    await running
    const { state, places } = await stood(id, guest)
    expect([state, places[0]?.counts.done]).toEqual(["done", 16])
    const { answersToday } = await quotaOf(guest.id)
    expect(answersToday).toBeLessThan(16)
    const { _sum } = await started.testDb.database.usageDay.aggregate({
      where: { userId: guest.id },
      _sum: { costUsd: true },
    })
    // Sparkler has paid for exactly the answers counted by the quota.
    expect(_sum.costUsd).toBeCloseTo(((places[0]?.costUsd ?? 0) / 16) * answersToday, 10)
  })

  test("a spend limit set while it runs applies", async () => {
    const id = await newGrid(60)
    await controlGrid(user.id, id, { action: "start", upTo: 1 })
    await runAll()
    const each = (await stood(id)).places[0]?.costUsd ?? 0
    upstream.faults = { percent: 0, most: 6 }
    await controlGrid(user.id, id, { action: "start" })
    const running = runAll()
    await expect.poll(() => upstream.answered.size).toBe(6)
    await changeGrid(user, id, { spendLimitUsd: each * 8.5 })
    upstream.faults = { percent: 0 }
    await running
    const { state, stopped, places } = await stood(id)
    expect([state, stopped]).toEqual(["paused", expect.stringContaining("spend limit")])
    expect(places[0]?.counts.done).toBeLessThan(20)
  })

  test("an answer that can't be stored fails its row, and nothing else", async () => {
    const deep = `${"[".repeat(9_000)}${"]".repeat(9_000)}`
    upstream.reply = (_, row) => (row === 1 ? deep : undefined)
    const id = await newGrid(3)
    await start(id)
    expect(await stood(id)).toMatchObject({ state: "done", places: [{ counts: { done: 2, failed: 1 } }] })
    const [row] = await rowsOf(user.id, id, [1])
    expect(row?.answers[0]?.error).toBe("The answer is nested too deeply.")
  })

  test.each([
    ["away for a moment", new Error("disk I/O error"), "done", null],
    ["that refuses it", new RangeError("too much"), "failed", "The answer couldn't be stored. Try again."],
  ])("a database %s never silently loses a paid answer", async (_, fault, state, error) => {
    const id = await newGrid(2)
    const database = raw()
    const { transact } = database
    let faults = 1
    vi.spyOn(database, "transact").mockImplementation(async (statements) => {
      if (statements.some(({ sql }) => sql.includes(`"durationMs" = ?`)) && faults-- > 0) throw fault
      await transact(statements)
    })
    await start(id)
    expect((await stood(id)).state).toBe("done")
    const answers = (await rowsOf(user.id, id, [0, 1])).flatMap((row) => row.answers)
    expect(answers).toContainEqual(expect.objectContaining({ state, error, outputTokens: expect.any(Number) }))
    expect(answers.every(({ costUsd }) => Number(costUsd) > 0)).toBe(true)
    expect([...upstream.asked.values()]).toEqual([1, 1])
  })

  test("a database that stays unavailable ends the runner: the row is released, and the job continues later", async () => {
    const id = await newGrid(1)
    const database = raw()
    const { transact } = database
    vi.spyOn(database, "transact").mockImplementation(async (statements) => {
      if (statements.some(({ sql }) => sql.includes(`"durationMs" = ?`))) throw new Error("disk I/O error")
      await transact(statements)
    })
    await start(id)
    expect(await stood(id)).toMatchObject({ state: "running", places: [{ counts: { running: 1 } }] })
    expect(await started.testDb.database.job.findMany()).toMatchObject([{ state: "waiting", error: "disk I/O error" }])
    vi.restoreAllMocks()
    await started.testDb.database.gridAnswer.updateMany({ where: { gridId: id }, data: { leaseUntil: new Date(0) } })
    await started.testDb.database.job.updateMany({ data: { runAfter: new Date(0) } })
    await runAll()
    expect(await stood(id)).toMatchObject({ state: "done", places: [{ counts: { done: 1 } }] })
  })

  test("an answer without a model fails, and the others are requested", async () => {
    const id = await newGrid(1)
    await started.testDb.database.gridAnswer.create({ data: { gridId: id, number: 0, place: 1 } })
    await start(id)
    expect((await stood(id)).state).toBe("done")
    const answers = await started.testDb.database.gridAnswer.findMany({
      where: { gridId: id },
      orderBy: { place: "asc" },
    })
    expect(answers.map(({ state }) => state)).toEqual(["done", "failed"])
  })

  test("a retried row keeps its value and edits until it has a new answer", async () => {
    const id = await newGrid(1)
    await start(id)
    await editCell(user.id, id, { number: 0, place: 0, column: "row", value: 7 })
    let refused = 0
    upstream.reply = () => {
      refused++
      return 429
    }
    await controlGrid(user.id, id, { action: "retry", rows: [0] })
    const running = runAll()
    await expect.poll(() => refused).toBeGreaterThan(0)
    await controlGrid(user.id, id, { action: "pause" })
    await running
    const [row] = await rowsOf(user.id, id, [0])
    expect(row?.answers[0]).toMatchObject({ state: "waiting", value: { row: 7 }, edited: ["row"] })
  })

  test("a grid whose process died between its start and its job can be started again manually", async () => {
    const id = await newGrid(2)
    await beginRun(id, user.id, null)
    await start(id)
    expect((await stood(id)).state).toBe("done")
    expect([...upstream.asked.values()]).toEqual([1, 1])
  })

  test("failures without cost do not lower the price per answer, and are told apart from invalid values", async () => {
    upstream.reply = (_, row) => (row < 4 ? 400 : row === 4 ? "no JSON" : row === 5 ? '{"row":"x"}' : undefined)
    const id = await newGrid(8)
    await start(id)
    expect(await stood(id)).toMatchObject({ places: [{ counts: { done: 3, failed: 5 }, withProblems: 1 }] })
    expect((await spentOn(id)).answers).toBe(4)
    const { outputColumns } = await headOf(user.id, id)
    expect(await viewOf(id, outputColumns, viewQuerySchema.parse({ state: "problems" }))).toEqual([5])
    const lines: { state: string }[] = []
    for await (const line of exportRows(await requireGrid(user.id, id), "ndjson")) lines.push(JSON.parse(line))
    expect(lines.slice(3).map(({ state }) => state)).toEqual(["failed", "failed", "problems", "done", "done"])
  })

  test("concurrent edits of a row are all kept", async () => {
    const id = await newGrid(1)
    await start(id)
    const edit = { number: 0, place: 0 }
    await Promise.all([
      editCell(user.id, id, { ...edit, column: "row", value: 7 }),
      editCell(user.id, id, { ...edit, column: "even", value: false }),
    ])
    const [row] = await rowsOf(user.id, id, [0])
    expect(row?.answers[0]?.value).toEqual({ row: 7, even: false })
    await Promise.all([
      editCell(user.id, id, { ...edit, column: "row", reset: true }),
      editCell(user.id, id, { ...edit, column: "even", reset: true }),
    ])
    const [reset] = await rowsOf(user.id, id, [0])
    expect(reset?.answers[0]).toMatchObject({ value: { row: 0, even: true }, edited: [] })
  })

  test("of two second models the first one wins, and a grid that has not started still accepts rows", async () => {
    const id = await newGrid(1)
    expect(await addSecondModel(id, user.id, [MODEL, OTHER])).toBe(true)
    expect(await addSecondModel(id, user.id, [MODEL, THIRD])).toBe(false)
    expect((await headOf(user.id, id)).models).toEqual([MODEL, OTHER])
    await changeGrid(user, id, { models: [MODEL, OTHER] })
    await addInputs(user.id, id, 1, [{ text: "This is row 1." }])
    await start(id)
    expect((await stood(id)).places.map(({ counts }) => counts.done)).toEqual([2, 2])
  })

  test("all rows of the largest grid are skipped and unskipped", { timeout: 120_000 }, async () => {
    const id = await newGrid(5_000)
    const rows = Array.from({ length: 5_000 }, (_, row) => row)
    await controlGrid(user.id, id, { action: "skip", rows })
    expect(await stood(id)).toMatchObject({ places: [{ counts: { skipped: 5_000 } }] })
    await controlGrid(user.id, id, { action: "unskip", rows })
    expect(await stood(id)).toMatchObject({ places: [{ counts: { waiting: 5_000 } }] })
  })
}
