/** Requirements for evals on either database: run by `evals.test.ts` and `evals.postgres.test.ts`. */
import { v7 as uuidv7 } from "uuid"
import { afterEach, beforeAll, expect, test } from "vitest"
import { mergeGuestIntoAccount } from "@/lib/accounts/take-along"
import { config } from "@/lib/config"
import type { Database } from "@/lib/db/client"
import { blindView, choose, tallyOf } from "@/lib/evals/blind"
import { compareRuns } from "@/lib/evals/compare"
import type { EvalCheck } from "@/lib/evals/contract/eval"
import { changeEval, deleteEval, evalHead, listEvals, makeEval, purgeDeletedEvals, putCases } from "@/lib/evals/evals"
import { exportRun } from "@/lib/evals/export"
import { evalJob } from "@/lib/evals/job"
import { caseView, runHead, runView } from "@/lib/evals/read"
import { changeRun, controlRun, deleteRun, makeRun } from "@/lib/evals/runs"
import { newRunSchema } from "@/lib/evals/types"
import { evalWork } from "@/lib/evals/work"
import { MODEL, MODELS, never, newGuest, started, user } from "@/lib/generation/generation.fixture"
import { type Asked, type RowUpstream, startRowUpstream } from "@/lib/grids/upstream.fixture"
import { JobRunner } from "@/lib/jobs/runner"
import type { ModelInfo } from "@/lib/models/model.types"
import { addPreset } from "@/lib/presets/presets"

const [, OTHER = "", JUDGE = ""] = MODELS
const database = (): Database => started.testDb.database
const EXACT = (expected: string): EvalCheck => ({ kind: "exact", expected, matchCase: false })
const SCHEMA = { type: "object", properties: { row: { type: "integer" } }, required: ["row"] }
const isJudge = (asked: Asked) => asked.response_format?.json_schema?.name === "verdict"

/** An eval with one case per check, which the upstream answers with `{"row":n,…}`. */
export async function newEval(checks: EvalCheck[], as = user): Promise<string> {
  const id = uuidv7()
  await makeEval(as.id, { id, title: "Rows" })
  const cases = checks.map((check, row) => ({ id: uuidv7(), question: `This is row ${row}.`, system: "", check }))
  for (let from = 0; from < cases.length; from += 100) await putCases(as.id, id, cases.slice(from, from + 100), [])
  if (checks.some(({ kind }) => kind === "judge")) await changeEval(as, id, { judge: JUDGE })
  return id
}

export async function newRun(evalId: string, models: string[], more: object = {}, as = user): Promise<string> {
  const id = uuidv7()
  const columns = models.map((model) => ({ model }))
  await makeRun(as, evalId, newRunSchema.parse({ id, columns, ...more }))
  return id
}

export function evalCases(): void {
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
    upstream.reply = undefined
    for (const counts of [upstream.asked, upstream.answered, upstream.judged]) counts.clear()
    upstream.bodies.length = 0
  })

  /** Runs the queued jobs like a process would; resolves when none are left. */
  async function runAll(): Promise<void> {
    const runner = new JobRunner({ kinds: [evalJob], nodeId: uuidv7(), atOnce: 2, everyMs: 1_000_000 })
    runners.push(runner)
    await runner.wake()
    await runner.settled()
  }
  const head = (id: string) => runHead(user.id, id)
  const verdicts = async (id: string) =>
    (await runView(user.id, id)).rows.map(({ cells }) => cells.map(({ verdict, state }) => verdict ?? state))

  test("every kind of check gives a verdict, column by column", async () => {
    upstream.reply = (asked, row) => {
      if (isJudge(asked)) return JSON.stringify({ reason: "It is there.", pass: true })
      const right = asked.model === MODEL
      const said = ["Paris ", "It is PARIS.", "code 42", '```json\n{"row":3}\n```', '{"row":4}', "An essay.", "Words"]
      return right ? said[row] : "nothing"
    }
    const id = await newEval([
      EXACT("paris"),
      { kind: "contains", expected: "paris", matchCase: false },
      { kind: "pattern", pattern: "\\d{2}$" },
      { kind: "json", name: "row", schema: SCHEMA },
      { kind: "json", name: "row", schema: SCHEMA, equals: { value: { row: 5 } } },
      { kind: "judge", rubric: "It is an essay." },
      { kind: "none" },
    ])
    const run = await newRun(id, [MODEL, OTHER])
    await runAll()
    expect(await verdicts(run)).toEqual([
      ["pass", "fail"],
      ["pass", "fail"],
      ["pass", "fail"],
      ["pass", "fail"],
      ["fail", "fail"],
      ["pass", "pass"],
      ["none", "none"],
    ])
    const { state, stats, rows } = await head(run)
    expect([state, rows, stats.map(({ pass, checked }) => [pass, checked])]).toEqual([
      "done",
      7,
      [
        [5, 6],
        [1, 6],
      ],
    ])
    expect(stats[0]?.costUsd).toBeGreaterThan(0)
    expect(stats[0]?.judgeUsd).toBeGreaterThan(0)
    expect(stats[0]?.firstMs?.median).toBeGreaterThanOrEqual(0)
    const wrong = await caseView(user.id, run, 4)
    expect(wrong.answers[0]).toMatchObject({ verdict: "fail", problems: [{ path: "/row" }], text: '{"row":4}' })
    expect((await caseView(user.id, run, 5)).answers[1]?.judge).toMatchObject({ model: JUDGE, reason: "It is there." })
    // The request has a schema; a judge receives the answer between tags.
    const bodies = upstream.bodies.map((body) => JSON.stringify(body))
    expect(bodies.filter((body) => body.includes('"name":"row"'))).toHaveLength(4)
    // The order in which columns are judged is random.
    const judged = bodies.filter((body) => body.includes('"name":"verdict"'))
    expect(judged.map((body) => /<judged-answer-1>\\n(.*?)\\n<\/judged/.exec(body)?.[1]).sort()).toEqual([
      "An essay.",
      "nothing",
    ])
    expect((await listEvals(user.id)).find((one) => one.id === id)).toMatchObject({
      ...{
        cases: 7,
        runs: 1,
        last: {
          columns: [
            { pass: 5, checked: 6 },
            { pass: 1, checked: 6 },
          ],
        },
      },
    })
  })

  test("faults, broken answers, and bursts of 429 cost attempts, never answers", async () => {
    upstream.faults = { percent: 8, storm: { every: 100, length: 15, retryAfterS: 1 } }
    const id = await newEval(Array.from({ length: 90 }, (_, row) => EXACT(`{"row":${row},"even":${row % 2 === 0}}`)))
    const run = await newRun(id, [MODEL, OTHER])
    await runAll()
    const { state, stats } = await head(run)
    expect([state, stats.map(({ pass, checked }) => [pass, checked])]).toEqual([
      "done",
      [
        [90, 90],
        [90, 90],
      ],
    ])
    expect(upstream.refused).toBeGreaterThan(10)
    expect([...upstream.answered.values()].filter((count) => count !== 2)).toEqual([])
  })

  test("a judge that refuses, fails, or returns garbage passes nothing, and can be retried alone", async () => {
    const judge = (row: number) =>
      [400, "I won't judge this.", '{"reason":"x","pass":"true"}', '{"pass":true,"pass":true,"reason":"x"}'][row]
    upstream.reply = (asked, row) => (isJudge(asked) ? judge(row) : `answer ${row}: say pass`)
    const id = await newEval(Array.from({ length: 4 }, () => ({ kind: "judge", rubric: "Is it right?" })))
    const run = await newRun(id, [MODEL])
    await runAll()
    expect(await verdicts(run)).toEqual([["unjudged"], ["unjudged"], ["unjudged"], ["unjudged"]])
    expect((await head(run)).stats[0]).toMatchObject({ pass: 0, unjudged: 4, checked: 4 })
    const [refused] = (await caseView(user.id, run, 0)).answers
    expect(refused).toMatchObject({ text: "answer 0: say pass", judge: null, why: expect.stringMatching(/./) })
    expect((await caseView(user.id, run, 1)).answers[0]).toMatchObject({ judge: { text: "I won't judge this." } })
    upstream.reply = (asked) => (isJudge(asked) ? '{"reason":"wrong","pass":false}' : 400)
    await controlRun(user.id, run, { action: "retry", cell: { number: 2, place: 0 } })
    await runAll()
    expect(await verdicts(run)).toEqual([["unjudged"], ["unjudged"], ["fail"], ["unjudged"]])
    await controlRun(user.id, run, { action: "retry" })
    await runAll()
    expect(await verdicts(run)).toEqual([["fail"], ["fail"], ["fail"], ["fail"]])
    // The answers were paid for once, and are still stored.
    expect([...upstream.answered.values()]).toEqual([1, 1, 1, 1])
    expect((await caseView(user.id, run, 3)).answers[0]).toMatchObject({ text: "answer 3: say pass" })
  })

  test("a judge's answer counts as one and has its own attempts, regardless of earlier ones", {
    timeout: 60_000,
  }, async () => {
    let tries = 0
    upstream.reply = (asked, row) =>
      isJudge(asked) ? '{"reason":"right","pass":true}' : tries++ === 0 ? 500 : `answer ${row}`
    const guest = await newGuest()
    const id = await newEval([{ kind: "judge", rubric: "Is it right?" }], guest)
    const run = await newRun(id, [MODEL], {}, guest)
    await runAll()
    expect((await caseView(guest.id, run, 0)).answers).toMatchObject([{ verdict: "pass", attempts: 1 }])
    const { answersToday } = await database().user.findUniqueOrThrow({ where: { id: guest.id } })
    expect(answersToday).toBe(2)
  })

  test("once there is something to judge, the judge's model is the one billed", () => {
    const info = (id: string) => ({ id }) as ModelInfo
    const work = evalWork({
      ...{ runId: "r", evalId: "e", user, run: 1, upTo: null, only: null, key: undefined, mostAtOnce: 1 },
      ...{ columns: [{ model: info(MODEL), system: "", settings: {} }], judge: info(JUDGE), signal: never },
    })
    const cell = { number: 0, place: 0, attempts: 0 }
    expect(work.modelOf({ ...cell, said: false })?.id).toBe(MODEL)
    expect(work.modelOf({ ...cell, said: true })?.id).toBe(JUDGE)
  })

  test("a failed answer is an error, never a pass, and a single cell can be retried", async () => {
    upstream.reply = (asked, row) => (row === 1 && asked.model === OTHER ? 400 : `row ${row}`)
    const id = await newEval([EXACT("row 0"), EXACT("row 1"), EXACT("row 2")])
    const run = await newRun(id, [MODEL, OTHER])
    await runAll()
    expect(await verdicts(run)).toEqual([
      ["pass", "pass"],
      ["pass", "failed"],
      ["pass", "pass"],
    ])
    expect((await head(run)).stats[1]).toMatchObject({ pass: 2, checked: 3, counts: { failed: 1 } })
    upstream.reply = (_, row) => `row ${row}`
    upstream.asked.clear()
    await controlRun(user.id, run, { action: "retry", cell: { number: 1, place: 1 } })
    await runAll()
    expect(Object.fromEntries(upstream.asked)).toEqual({ 1: 1 })
    expect((await head(run)).stats[1]).toMatchObject({ pass: 3, checked: 3 })
  })

  test("it is tried with a few cases, estimates the total cost, and stops at its limit", async () => {
    const id = await newEval(Array.from({ length: 40 }, () => EXACT("x")))
    const run = await newRun(id, [MODEL], { upTo: 2 })
    await runAll()
    const tried = await head(run)
    const each = (tried.stats[0]?.costUsd ?? 0) / 2
    expect(tried).toMatchObject({ state: "paused", upTo: 2, stopped: null })
    expect(tried.expectedUsd).toBeCloseTo(each * 40, 12)
    await changeRun(user.id, run, { spendLimitUsd: each * 10.5 })
    await controlRun(user.id, run, { action: "start" })
    await runAll()
    const stopped = await head(run)
    expect(stopped).toMatchObject({ state: "paused", stats: [{ counts: { done: 10, waiting: 30 } }] })
    expect(stopped.stopped).toMatch(/^The spend limit of \$\d.* is reached/)
    await changeRun(user.id, run, { spendLimitUsd: null })
    await controlRun(user.id, run, { action: "start" })
    await runAll()
    expect(await head(run)).toMatchObject({ state: "done", stats: [{ counts: { done: 40 }, pass: 0, checked: 40 }] })
  })

  test("while paused, nothing new starts, and it resumes where it was", async () => {
    upstream.faults = { percent: 0, most: 10 }
    const id = await newEval(Array.from({ length: 60 }, () => EXACT("x")))
    const run = await newRun(id, [MODEL])
    const running = runAll()
    await expect.poll(async () => (await head(run)).stats[0]?.counts.done).toBeGreaterThan(3)
    await controlRun(user.id, run, { action: "pause" })
    upstream.faults = { percent: 0 }
    await running
    expect(await head(run)).toMatchObject({ state: "paused", stats: [{ counts: { running: 0 } }] })
    await controlRun(user.id, run, { action: "start" })
    await runAll()
    expect((await head(run)).stats[0]?.counts.done).toBe(60)
    expect([...upstream.answered.values()].filter((count) => count !== 1)).toEqual([])
  })

  test("a preset's system prompt and settings are captured at the start; cases stay as they were asked", async () => {
    const preset = await addPreset(user.id, {
      ...{ id: uuidv7(), name: "Short", model: null, output: null, isDefault: false },
      settings: { systemPrompt: "Be terse.", temperature: 0.1 },
    })
    const id = await newEval([EXACT("x")])
    const columns = [{ model: MODEL, presetId: preset.id }, { model: MODEL }]
    const run = await newRun(id, [], { columns })
    const [first] = (await evalHead(user.id, id)).cases
    if (!first) return expect.unreachable("there is no case")
    await putCases(user.id, id, [{ ...first, question: "Another one, row 7?" }], [])
    await runAll()
    const bodies = upstream.bodies.map((body) => JSON.stringify(body))
    expect(bodies.filter((body) => body.includes("Be terse.") && body.includes('"temperature":0.1'))).toHaveLength(1)
    expect(bodies.every((body) => body.includes("This is row 0."))).toBe(true)
    expect((await head(run)).columns).toEqual([
      { model: MODEL, preset: "Short" },
      { model: MODEL, preset: null },
    ])
    const same = { columns: [{ model: MODEL }, { model: MODEL }] }
    await expect(newRun(id, [], same)).rejects.toMatchObject({ code: "eval:columns" })
    const foreign = { columns: [{ model: MODEL, presetId: uuidv7() }] }
    await expect(newRun(id, [], foreign)).rejects.toMatchObject({ code: "preset:not_found" })
  })

  test("a run whose process died between its start and its job can be started again manually", async () => {
    const run = await newRun(await newEval([EXACT("x")]), [MODEL])
    await database().job.deleteMany()
    await controlRun(user.id, run, { action: "start" })
    await runAll()
    expect((await head(run)).state).toBe("done")
  })

  test("a run's rows are returned in order, all or only those requested", async () => {
    const id = await newEval(Array.from({ length: 120 }, () => EXACT("x")))
    const run = await newRun(id, [MODEL, OTHER], { upTo: 1 })
    const numbersOf = async (numbers?: number[]) => (await runView(user.id, run, numbers)).rows.map((row) => row.number)
    const all = Array.from({ length: 120 }, (_, at) => at)
    expect(await numbersOf()).toEqual(all)
    expect(await numbersOf([119, 3, 70, 3, 499])).toEqual([3, 70, 119])
    expect(await numbersOf(all)).toEqual(all)
    expect((await runView(user.id, run, [5])).rows[0]?.cells).toHaveLength(2)
    let text = ""
    for await (const piece of await exportRun(user.id, run)) text += piece
    expect(JSON.parse(text).map((one: { case: number }) => one.case)).toEqual(all.flatMap((at) => [at + 1, at + 1]))
  })

  test("a blind choice reveals no name until it is made, and is counted for the chosen model", async () => {
    upstream.reply = (asked, row) => `answer ${row} of ${asked.model === MODEL ? "one" : "two"}`
    const id = await newEval([{ kind: "none" }, { kind: "none" }, EXACT("x")])
    const run = await newRun(id, [MODEL, OTHER])
    await runAll()
    const pick = async (word: string | null) => {
      const { next } = await blindView(user.id, run)
      if (!next) return expect.unreachable("nothing is left to choose")
      // Without the sealed keys, which contain random letters.
      const sent = JSON.stringify(next, (name, value) => (name === "key" || name === "tie" ? "" : value))
      for (const secret of [MODEL, OTHER, "kimi", "glm", "place", "cost", "Ms"]) expect(sent).not.toContain(secret)
      expect(new Set(next.answers.map(({ key }) => key.length)).size).toBe(1)
      const chosen = word && next.answers.find(({ text }) => text.endsWith(word))
      await choose(user.id, run, chosen ? { key: chosen.key } : { tie: next.tie })
      return next
    }
    const first = await pick("two")
    await pick(null)
    // Only the first choice for a question counts.
    const other = first.answers.find(({ text }) => text.endsWith("one"))
    if (other) await choose(user.id, run, { key: other.key })
    await pick("two")
    expect(await blindView(user.id, run)).toEqual({ left: 0, chosen: 3, next: null })
    expect(await tallyOf(user.id, run)).toMatchObject({
      chosen: 3,
      ties: 1,
      wins: [0, 2],
      columns: [{ model: MODEL }, { model: OTHER }],
    })
    await expect(choose(user.id, run, { key: first.tie })).rejects.toMatchObject({ code: "eval:run_not_found" })
    await expect(choose(user.id, run, { key: "{}" })).rejects.toMatchObject({ code: "eval:run_not_found" })
  })

  test("a restored case returns to its position", async () => {
    const id = await newEval([EXACT("row 0"), EXACT("row 1"), EXACT("row 2")])
    const order = async () => (await evalHead(user.id, id)).cases.map((one) => one.id)
    const [first, second, third] = (await evalHead(user.id, id)).cases
    if (!first || !second || !third) return expect.unreachable("there are three cases")
    const was = await order()
    for (const [one, before] of [
      [first, second.id],
      [second, third.id],
      [third, null],
    ] as const) {
      await putCases(user.id, id, [], [one.id])
      await putCases(user.id, id, [one], [], before)
      expect(await order()).toEqual(was)
    }
    // The case it was before has been deleted, too.
    await putCases(user.id, id, [], [first.id, second.id])
    await putCases(user.id, id, [first], [], second.id)
    expect(await order()).toEqual([third.id, first.id])
  })

  test("two runs are compared case by case, whatever happened to the cases", async () => {
    const id = await newEval([EXACT("row 0"), EXACT("row 1"), EXACT("row 2"), EXACT("row 3")])
    upstream.reply = (_, row) => (row < 2 ? `row ${row}` : "no")
    const a = await newRun(id, [MODEL, OTHER])
    await runAll()
    const { cases } = await evalHead(user.id, id)
    const [, , third, fourth] = cases
    if (!third || !fourth) return expect.unreachable("there are four cases")
    await putCases(user.id, id, [{ ...third, check: EXACT("no") }], [fourth.id])
    upstream.reply = (_, row) => (row === 1 ? "worse" : row === 0 ? "row 0" : "no")
    const b = await newRun(id, [OTHER])
    await runAll()
    const compared = await compareRuns(user.id, id, { a, b })
    expect(compared).toMatchObject([
      {
        ...{ before: { model: OTHER, place: 1 }, after: { model: OTHER, place: 0 } },
        ...{ gained: 1, lost: 1, same: 1, added: 0, removed: 1 },
        changed: [
          { question: "This is row 1.", before: "pass", after: "fail", edited: false },
          { question: "This is row 2.", before: "fail", after: "pass", edited: true },
        ],
      },
    ])
    expect((await evalHead(user.id, id)).runs.map(({ number }) => number)).toEqual([2, 1])
    const text: string[] = []
    for await (const piece of await exportRun(user.id, b)) text.push(piece)
    expect(JSON.parse(text.join(""))).toMatchObject([
      { case: 1, model: OTHER, verdict: "pass", answer: "row 0" },
      { case: 2, verdict: "fail" },
      { case: 3, verdict: "pass" },
    ])
  })

  test("unusable cases, schemas, and judges are rejected", async () => {
    const id = await newEval([])
    const put = (check: unknown) =>
      putCases(user.id, id, [{ id: uuidv7(), question: "q", system: "", check: check as EvalCheck }], [])
    await expect(newRun(id, [MODEL])).rejects.toMatchObject({ key: "eval:cases/none" })
    await expect(put({ kind: "pattern", pattern: "(" })).rejects.toMatchObject({ code: "output:schema_invalid" })
    const schema = { type: "nonsense" }
    await expect(put({ kind: "json", name: "x", schema })).rejects.toMatchObject({ code: "output:schema_invalid" })
    await put({ kind: "judge", rubric: "r" })
    await expect(newRun(id, [MODEL])).rejects.toMatchObject({ key: "eval:judge/missing" })
    await expect(changeEval(user, id, { judge: "no such model" })).rejects.toMatchObject({ code: "model:unknown" })
    const many = (count: number) =>
      Array.from({ length: count }, () => ({ id: uuidv7(), question: "q", system: "", check: EXACT("x") }))
    for (let at = 0; at < 4; at++) await putCases(user.id, id, many(100), [])
    await expect(putCases(user.id, id, many(100), [])).rejects.toMatchObject({ key: "eval:cases/full" })
    expect((await evalHead(user.id, id)).cases).toHaveLength(401)
  })

  test("an eval is private to its owner; deletion removes it, and undo restores it with its runs", async () => {
    const other = await newGuest()
    const id = await newEval([EXACT("x")])
    const run = await newRun(id, [MODEL])
    const none = { code: "eval:not_found" }
    const noRun = { code: "eval:run_not_found" }
    await expect(evalHead(other.id, id)).rejects.toMatchObject(none)
    await expect(putCases(other.id, id, [], [])).rejects.toMatchObject(none)
    await expect(makeEval(other.id, { id, title: "t" })).rejects.toMatchObject(none)
    await expect(newRun(id, [MODEL], {}, other)).rejects.toMatchObject(none)
    await expect(deleteEval(other.id, id)).rejects.toMatchObject(none)
    for (const call of [
      () => runHead(other.id, run),
      () => runView(other.id, run),
      () => caseView(other.id, run, 0),
      () => controlRun(other.id, run, { action: "start" }),
      () => changeRun(other.id, run, { deleted: false }),
      () => deleteRun(other.id, run),
      () => blindView(other.id, run),
      () => exportRun(other.id, run),
      () => compareRuns(other.id, id, { a: run, b: run }),
    ])
      await expect(call()).rejects.toMatchObject(noRun)
    await deleteEval(user.id, id)
    await runAll()
    expect(upstream.asked.size).toBe(0)
    await expect(runHead(user.id, run)).rejects.toMatchObject(noRun)
    await changeEval(user, id, { deleted: false })
    expect(await head(run)).toMatchObject({ state: "paused", rows: 1 })
    await deleteRun(user.id, run)
    expect((await evalHead(user.id, id)).runs).toEqual([])
    await changeRun(user.id, run, { deleted: false })
    await deleteEval(user.id, id)
    const later = new Date(Date.now() + 31 * 24 * 3_600_000)
    expect(await purgeDeletedEvals(later)).toBeGreaterThan(0)
    expect(await database().evalAnswer.count({ where: { runId: run } })).toBe(0)
  })

  test("a guest's evals move to their account, and are deleted with the account", async () => {
    const guest = await newGuest()
    const to = uuidv7()
    await database().user.create({ data: { id: to, guest: false } })
    const id = await newEval([EXACT("x")], guest)
    const run = await newRun(id, [MODEL], {}, guest)
    await database().job.deleteMany()
    expect(await mergeGuestIntoAccount({ from: guest.id, to })).toBe(true)
    expect(await runHead(to, run)).toMatchObject({ evalId: id, rows: 1 })
    await database().user.delete({ where: { id: to } })
    expect(await database().evalQuestion.count({ where: { runId: run } })).toBe(0)
  })
}
