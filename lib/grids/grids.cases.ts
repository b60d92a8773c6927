/** Requirements for grids on either database: run by `grids.test.ts` and `grids.postgres.test.ts`. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, beforeAll, describe, expect, test } from "vitest"
import { mergeGuestIntoAccount } from "@/lib/accounts/take-along"
import { config } from "@/lib/config"
import { ANSWER_LEASE_MS, type CellRun, type Claimable, claimableOf, claimOf } from "@/lib/db/cells/cells"
import type { Database } from "@/lib/db/client"
import { endAnswer, GRID_CELLS } from "@/lib/db/grids/answers"
import { addRows, gridById } from "@/lib/db/grids/grids"
import { progressFor } from "@/lib/db/grids/progress"
import { sweepFiles } from "@/lib/files/sweep"
import { MODEL, MODELS, newGuest, started, user } from "@/lib/generation/generation.fixture"
import { controlGrid } from "@/lib/grids/control"
import { changeGrid, deleteGrid, headOf, listGrids, makeGrid } from "@/lib/grids/grids"
import { gridJob } from "@/lib/grids/job"
import { addInputs, editCell, rowsOf } from "@/lib/grids/rows"
import { summaryOf } from "@/lib/grids/summary"
import { newGridSchema, viewQuerySchema } from "@/lib/grids/types"
import { type RowUpstream, startRowUpstream } from "@/lib/grids/upstream.fixture"
import { viewOf } from "@/lib/grids/view"
import { JobRunner } from "@/lib/jobs/runner"
import { changeSettings } from "@/lib/operator/settings"

const SCHEMA = {
  type: "object",
  properties: { row: { type: "integer" }, even: { type: "boolean" } },
  required: ["row", "even"],
  additionalProperties: false,
}
const OUTPUT = { type: "json_schema", name: "rows", schema: SCHEMA } as const
const [, OTHER = ""] = MODELS
const database = (): Database => started.testDb.database

export async function newGrid(rows: number, more: object = {}, as = user): Promise<string> {
  const id = uuidv7()
  await makeGrid(as, newGridSchema.parse({ id, title: "Rows", output: OUTPUT, models: [MODEL], ...more }))
  const inputs = Array.from({ length: rows }, (_, row) => ({ text: `This is row ${row}.` }))
  for (let start = 0; start < rows; start += 500) await addInputs(as.id, id, start, inputs.slice(start, start + 500))
  return id
}

export function gridCases(): void {
  let upstream: RowUpstream
  const runners: JobRunner[] = []
  beforeAll(async () => {
    upstream = await startRowUpstream(MODELS)
    config().baseUrl = upstream.url
    return () => upstream.close()
  })
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()))
    await database().job.deleteMany()
    upstream.faults = { percent: 0 }
    upstream.asked.clear()
    upstream.answered.clear()
    upstream.refused = 0
    upstream.mostAtOnce = 0
    await changeSettings({ guestQuotas: null, modelAudience: null })
  })

  /** Runs the queued jobs like a process would; resolves when none are left. */
  async function runAll(): Promise<void> {
    const runner = new JobRunner({ kinds: [gridJob], nodeId: uuidv7(), atOnce: 2, everyMs: 1_000_000 })
    runners.push(runner)
    await runner.wake()
    await runner.settled()
  }
  const progress = async (id: string) => (await progressFor(user.id, id)) ?? expect.unreachable("there is no such grid")
  const answers = (gridId: string) => database().gridAnswer.findMany({ where: { gridId }, orderBy: { number: "asc" } })

  test("each row is requested once, as a structured answer, and its value is stored", async () => {
    upstream.faults = { percent: 0, hold: 4 }
    const id = await newGrid(60, { instructions: "Be exact." })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({
      state: "done",
      rows: 60,
      places: [{ counts: { done: 60 }, withProblems: 0 }],
    })
    expect([...upstream.asked.values()].every((count) => count === 1)).toBe(true)
    expect(upstream.asked.size).toBe(60)
    expect(upstream.mostAtOnce).toBeGreaterThanOrEqual(4)
    const [body] = upstream.bodies
    expect(body?.response_format).toMatchObject({ type: "json_schema", json_schema: { name: "rows", schema: SCHEMA } })
    expect(JSON.stringify(body?.messages[0])).toMatch(/valid against this JSON Schema.*Be exact\./)
    const rows = await rowsOf(user.id, id, [7, 3])
    expect(rows.map(({ number, answers: [one] }) => [number, one?.value, one?.state])).toEqual([
      [7, { row: 7, even: false }, "done"],
      [3, { row: 3, even: false }, "done"],
    ])
  })

  test("faults, broken answers, and bursts of 429 cost attempts, never rows", { timeout: 240_000 }, async () => {
    upstream.faults = { percent: 10, storm: { every: 150, length: 20, retryAfterS: 1 } }
    const id = await newGrid(300)
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({ state: "done", places: [{ counts: { done: 300, failed: 0 } }] })
    expect(upstream.refused).toBeGreaterThan(20)
    // Paid for once: the server has fully answered each row exactly once.
    expect([...upstream.answered.values()].filter((count) => count !== 1)).toEqual([])
    for (const { number, result } of await answers(id))
      expect(result).toEqual({ value: { row: number, even: number % 2 === 0 } })
  })

  test("tokens, price, and daily usage add up, and so does the estimate", async () => {
    const before = await database().usageDay.aggregate({
      where: { userId: user.id },
      _sum: { answers: true, costUsd: true },
    })
    const id = await newGrid(10)
    await controlGrid(user.id, id, { action: "start", upTo: 3 })
    await runAll()
    const tried = await progress(id)
    expect(tried).toMatchObject({
      state: "paused",
      upTo: 3,
      places: [{ counts: { done: 3, waiting: 7 }, inputTokens: 30 }],
    })
    const { costUsd = 0 } = tried.places[0] ?? {}
    expect(costUsd).toBeGreaterThan(0)
    expect(tried.expectedUsd).toBeCloseTo((costUsd / 3) * 10, 12)
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    const after = await database().usageDay.aggregate({
      where: { userId: user.id },
      _sum: { answers: true, costUsd: true },
    })
    expect((after._sum.answers ?? 0) - (before._sum.answers ?? 0)).toBe(10)
    const spent = (after._sum.costUsd ?? 0) - (before._sum.costUsd ?? 0)
    expect(spent).toBeCloseTo((await progress(id)).places[0]?.costUsd ?? -1, 12)
  })

  test("a spend limit stops it with a message, before it is exceeded", async () => {
    const id = await newGrid(40)
    await controlGrid(user.id, id, { action: "start", upTo: 1 })
    await runAll()
    const each = (await progress(id)).places[0]?.costUsd ?? 0
    await changeGrid(user, id, { spendLimitUsd: each * 20.5 })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    const { progress: stood } = await headOf(user.id, id)
    expect(stood).toMatchObject({ state: "paused", places: [{ counts: { done: 20, waiting: 20 } }] })
    expect(stood.stopped).toMatch(/^The spend limit of \$\d.* is reached/)
    await changeGrid(user, id, { spendLimitUsd: null })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({ state: "done", places: [{ counts: { done: 40 } }] })
  })

  test("the user's quota stops it with a message, exact to the row", async () => {
    const guest = await newGuest()
    await changeSettings({ guestQuotas: { answersPerDay: 5, spendPerMonthUsd: null, storageMb: null } })
    const id = await newGrid(12, {}, guest)
    await controlGrid(guest.id, id, { action: "start" })
    await runAll()
    const { progress: stood } = await headOf(guest.id, id)
    expect(stood).toMatchObject({ state: "paused", places: [{ counts: { done: 5, waiting: 7 } }] })
    expect(stood.stopped).toContain("all 5 of today's answers")
  })

  test("an error that would affect every row stops it; an error of one row fails that row", async () => {
    const id = await newGrid(5)
    await changeSettings({ modelAudience: { [MODEL]: "admins" } })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect((await headOf(user.id, id)).progress).toMatchObject({
      ...{ state: "paused", stopped: expect.stringContaining("isn't available to you") },
    })
    expect(upstream.asked.size).toBe(0)
  })

  test("while paused, nothing new starts and answers in flight are kept; then it resumes", async () => {
    upstream.faults = { percent: 0, most: 10 }
    const id = await newGrid(80)
    await controlGrid(user.id, id, { action: "start" })
    const running = runAll()
    await expect.poll(async () => (await progress(id)).places[0]?.counts.done).toBeGreaterThan(3)
    await controlGrid(user.id, id, { action: "pause" })
    upstream.faults = { percent: 0 }
    await running
    const { places, state } = await progress(id)
    expect([state, places[0]?.counts.running]).toEqual(["paused", 0])
    expect(places[0]?.counts.waiting).toBeGreaterThan(0)
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect((await progress(id)).places[0]?.counts.done).toBe(80)
    expect([...upstream.answered.values()].filter((count) => count !== 1)).toEqual([])
  })

  test("a single row can be retried, and skipped rows are not requested", async () => {
    const id = await newGrid(6)
    await controlGrid(user.id, id, { action: "skip", rows: [5] })
    await controlGrid(user.id, id, { action: "start", upTo: 2 })
    await runAll()
    await controlGrid(user.id, id, { action: "retry", rows: [1] })
    await runAll()
    expect(Object.fromEntries(upstream.asked)).toEqual({ 0: 1, 1: 2 })
    expect((await progress(id)).state).toBe("paused")
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({ state: "done", places: [{ counts: { done: 5, skipped: 1 } }] })
    await controlGrid(user.id, id, { action: "unskip", rows: [5] })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({ state: "done", places: [{ counts: { done: 6, skipped: 0 } }] })
  })

  describe("claims", () => {
    const claimable = (run: CellRun, most: number, now?: Date) => claimableOf(GRID_CELLS, run, most, now)
    const claim = (run: CellRun, one: Claimable, now?: Date) => claimOf(GRID_CELLS, run, one, undefined, now)
    const runOf = async (id: string, holder: string) => {
      const grid = await gridById(id)
      return { id, userId: user.id, run: grid?.run ?? 0, holder, upTo: null, only: null }
    }
    const begun = async (rows: number) => {
      const id = await newGrid(rows)
      await controlGrid(user.id, id, { action: "start" })
      return id
    }

    test("each row is claimed by exactly one of several concurrent runners", async () => {
      const id = await begun(20)
      const claimAll = async (_: unknown, n: number) => {
        const run = await runOf(id, `holder ${n}`)
        const mine: number[] = []
        for (const one of await claimable(run, 20)) if (await claim(run, one)) mine.push(one.number)
        return mine
      }
      const all = (await Promise.all(Array.from({ length: 6 }, claimAll))).flat()
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n))
    })

    test("a dead runner's row is free after its lease expires, and its late answer is not stored, but counted", async () => {
      const id = await begun(1)
      const [dead, alive] = [await runOf(id, "dead"), await runOf(id, "alive")]
      const [one] = await claimable(dead, 5)
      const held = one && (await claim(dead, one))
      expect(await claimable(alive, 5)).toEqual([])
      const later = new Date(Date.now() + ANSWER_LEASE_MS + 1)
      const [again] = await claimable(alive, 5, later)
      const taken = again && (await claim(alive, again, later))
      if (!held || !taken) return expect.unreachable("nothing was claimed")
      const usage = { userId: user.id, model: "late", answers: 1, inputTokens: 1, outputTokens: 1, costUsd: 0.5 }
      const ending = { state: "done", inputTokens: 1, outputTokens: 1, costUsd: 0.5, usage } as const
      expect(await endAnswer(dead, held, { ...ending, result: { value: "late" } })).toBe(false)
      expect(await endAnswer(alive, taken, { ...ending, usage: null, result: { value: "right" } })).toBe(true)
      expect(await endAnswer(alive, taken, { ...ending, usage: null, result: { value: "twice" } })).toBe(false)
      expect(await answers(id)).toMatchObject([{ result: { value: "right" }, costUsd: 0.5 }])
      expect(await database().usageDay.findMany({ where: { model: "late" } })).toMatchObject([{ costUsd: 0.5 }])
    })

    test("nothing is claimed from a grid that is paused, restarted, or deleted", async () => {
      const id = await begun(3)
      const run = await runOf(id, "one")
      const [one] = await claimable(run, 5)
      if (!one) return expect.unreachable("nothing can be claimed")
      await controlGrid(user.id, id, { action: "pause" })
      expect(await claim(run, one)).toBeNull()
      await controlGrid(user.id, id, { action: "start" })
      expect(await claim(run, one)).toBeNull()
      const next = await runOf(id, "next")
      await deleteGrid(user.id, id)
      expect(await claim(next, one)).toBeNull()
    })
  })

  test("two models answer the same rows; differences are found, and columns are summarized", async () => {
    const id = await newGrid(9)
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    await changeGrid(user, id, { models: [MODEL, OTHER] })
    await controlGrid(user.id, id, { action: "start" })
    await runAll()
    expect(await progress(id)).toMatchObject({ places: [{ counts: { done: 9 } }, { counts: { done: 9 } }] })
    await editCell(user.id, id, { number: 4, place: 1, column: "row", value: 40 })
    await editCell(user.id, id, { number: 6, place: 1, column: "row", value: "six" })
    const { outputColumns } = await headOf(user.id, id)
    const view = (query: object) => viewOf(id, outputColumns, viewQuerySchema.parse(query))
    expect(await view({ state: "differs" })).toEqual([4, 6])
    expect(await view({ state: "problems" })).toEqual([6])
    expect(await view({ sort: "out:1:row", state: "edited" })).toEqual([4, 6])
    expect(await view({ sort: "out:0:row", dir: "desc" })).toEqual([8, 7, 6, 5, 4, 3, 2, 1, 0])
    expect(await view({ q: "row 7" })).toEqual([7])
    expect(await view({ column: "out:0:even", has: "true" })).toEqual([0, 2, 4, 6, 8])
    const [row] = await rowsOf(user.id, id, [6])
    expect(row?.answers[1]).toMatchObject({
      value: { row: "six" },
      original: { row: 6 },
      edited: ["row"],
      problems: [{ path: "/row" }],
    })
    const [column] = outputColumns
    if (!column) return expect.unreachable("there is no column")
    expect(await summaryOf(id, outputColumns, { column, place: 1 })).toMatchObject({
      ...{ count: 9, filled: 9, distinct: 9, compared: { both: 9, differ: 2 } },
      numbers: { sum: 66, min: 0, max: 40 },
    })
    await editCell(user.id, id, { number: 6, place: 1, column: "row", reset: true })
    const [reset] = await rowsOf(user.id, id, [6])
    expect(reset?.answers[1]).toMatchObject({ value: { row: 6, even: true }, edited: [], problems: [] })
    expect(reset?.answers[1]?.original).toBeUndefined()
  })

  test("a grid is private to its owner; deletion removes it, and undo restores it", async () => {
    const other = await newGuest()
    const id = await newGrid(2)
    const none = { code: "grid:not_found" }
    await expect(headOf(other.id, id)).rejects.toMatchObject(none)
    await expect(rowsOf(other.id, id, [0])).rejects.toMatchObject(none)
    await expect(addInputs(other.id, id, 2, [{ text: "x" }])).rejects.toMatchObject(none)
    await expect(controlGrid(other.id, id, { action: "start" })).rejects.toMatchObject(none)
    await expect(deleteGrid(other.id, id)).rejects.toMatchObject(none)
    await expect(
      makeGrid(other, newGridSchema.parse({ id, title: "t", output: OUTPUT, models: [MODEL] })),
    ).rejects.toMatchObject(none)
    await deleteGrid(user.id, id)
    expect((await listGrids(user.id)).map((grid) => grid.id)).not.toContain(id)
    await expect(headOf(user.id, id)).rejects.toMatchObject(none)
    await changeGrid(user, id, { deleted: false })
    expect((await listGrids(user.id)).find((grid) => grid.id === id)).toMatchObject({ rows: 2, ended: 0 })
  })

  test("rows are added once and in order, and none after it has started", async () => {
    const id = await newGrid(2)
    const rows = [{ text: "row 2" }]
    await addInputs(user.id, id, 2, rows)
    await addInputs(user.id, id, 2, rows)
    await expect(addInputs(user.id, id, 9, rows)).rejects.toMatchObject({ key: "grid:rows/order" })
    await expect(addInputs(user.id, id, 3, [{ fields: ["a", "b"] }])).rejects.toMatchObject({
      key: "grid:rows/columns",
    })
    await expect(addInputs(user.id, id, 3, [{ imageId: uuidv7(), name: "x" }])).rejects.toMatchObject({
      code: "image:not_found",
    })
    expect((await progress(id)).rows).toBe(3)
    await controlGrid(user.id, id, { action: "start" })
    await expect(addInputs(user.id, id, 3, rows)).rejects.toMatchObject({ code: "grid:busy" })
    await runAll()
  })

  test("the total length of a grid's inputs is limited", async () => {
    const id = await newGrid(1)
    const adding = { fileIds: [], places: 1, most: 100, mostCharacters: 100 }
    const fits = { ...adding, start: 1, inputs: [{ text: "x".repeat(40) }] }
    expect(await addRows(id, user.id, { ...fits, inputs: [{ text: "x".repeat(80) }] })).toBe("large")
    expect(await addRows(id, user.id, fits)).toBe("added")
    expect(await addRows(id, user.id, { ...fits, start: 2 })).toBe("large")
    expect(await database().gridRow.count({ where: { gridId: id } })).toBe(2)
  })

  test("a file shown by a grid is kept as long as the grid", async () => {
    const id = await newGrid(1)
    const old = new Date(Date.now() - 48 * 3_600_000)
    const fileId = uuidv7()
    const object = { key: uuidv7(), sha256: "0", size: 1 }
    await database().storedObject.create({ data: object })
    await database().file.create({
      data: {
        ...{ id: fileId, userId: user.id, kind: "image", objectKey: object.key, mediaType: "image/png", size: 1 },
        ...{ name: "x.png", createdAt: old },
      },
    })
    await addInputs(user.id, id, 1, [{ imageId: fileId, name: "x.png" }])
    await sweepFiles()
    expect(await database().file.count({ where: { id: fileId } })).toBe(1)
    await database().grid.delete({ where: { id } })
    await sweepFiles()
    expect(await database().file.count({ where: { id: fileId } })).toBe(0)
  })

  test("a guest's grids move to their account, and are deleted with the account", async () => {
    const guest = await newGuest()
    const to = uuidv7()
    await database().user.create({ data: { id: to, guest: false } })
    const id = await newGrid(3, {}, guest)
    expect(await mergeGuestIntoAccount({ from: guest.id, to })).toBe(true)
    expect(await headOf(to, id)).toMatchObject({ id, progress: { rows: 3 } })
    await database().user.delete({ where: { id: to } })
    expect(await database().gridAnswer.count({ where: { gridId: id } })).toBe(0)
  })
}
