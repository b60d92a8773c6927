/** Stored eval runs: what they asked, and of which columns. The owner is that of the eval. */
import { toJson, toNullableJson } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"
import { caseData, type StoredCase } from "@/lib/db/evals/evals"
import type { EvalQuestion, EvalRun } from "@/lib/db/generated/sqlite/client"

export type RunRecord = EvalRun
export type QuestionRecord = EvalQuestion

/** A run of this user; null if there is none, or it or its eval is deleted. */
export const findRun = (id: string, userId: string) =>
  db().evalRun.findFirst({
    where: { id, deletedAt: null, eval: { userId, deletedAt: null } },
    include: { eval: { select: { title: true, userId: true } } },
  })

/** A run of any user, for its runner. */
export const runById = (id: string): Promise<RunRecord | null> => db().evalRun.findUnique({ where: { id } })

/** Current spending limit of a run in US dollars; null: none. */
export const spendLimitOf = async (id: string): Promise<number | null> =>
  (await db().evalRun.findUnique({ where: { id }, select: { spendLimitUsd: true } }))?.spendLimitUsd ?? null

/** Newest first. The caller has checked the owner. */
export const runsOf = (evalIds: string[]): Promise<RunRecord[]> =>
  db().evalRun.findMany({ where: { evalId: { in: evalIds }, deletedAt: null }, orderBy: { number: "desc" } })

export const countRuns = (client: Transaction, evalId: string): Promise<number> =>
  client.evalRun.count({ where: { evalId, deletedAt: null } })

export interface NewRun {
  id: string
  evalId: string
  columns: unknown[]
  judge: string | null
  spendLimitUsd: number | null
  questions: StoredCase[]
}

/** Cases whose answers are not checked: their verdict is fixed from the start. */
const isUnchecked = (check: unknown) =>
  typeof check === "object" && check !== null && "kind" in check && check.kind === "none"

/** Creates a run with everything it will ask. Fails if the ID is taken. */
export async function createRun(
  client: Transaction,
  { id, evalId, columns, judge, spendLimitUsd, questions }: NewRun,
): Promise<void> {
  const last = await client.evalRun.aggregate({ where: { evalId }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  await client.evalRun.create({
    data: { id, evalId, number, columns: toJson(columns), judge, spendLimitUsd },
    select: { id: true },
  })
  await client.evalQuestion.createMany({
    data: questions.map((one, at) => {
      const { id: caseId, ...data } = caseData(one)
      return { ...data, runId: id, number: at, caseId }
    }),
  })
  await client.evalAnswer.createMany({
    data: questions.flatMap(({ check }, at) =>
      columns.map((_, place) => ({ runId: id, number: at, place, verdict: isUnchecked(check) ? "none" : null })),
    ),
  })
}

/** False if there is none. The caller has checked the owner. */
export async function updateRun(id: string, change: { spendLimitUsd?: number | null }): Promise<boolean> {
  const { count } = await db().evalRun.updateMany({
    where: { id, deletedAt: null },
    data: { ...change, updatedAt: new Date() },
  })
  return count === 1
}

/**
 * Starts or continues a run; returns its count of starts, which identifies its runner. Null if there is none to start.
 */
export async function beginRun(id: string, upTo: number | null): Promise<number | null> {
  const { count } = await db().evalRun.updateMany({
    where: { id, deletedAt: null, state: { not: "running" } },
    data: { state: "running", run: { increment: 1 }, upTo, stopped: toNullableJson(null), updatedAt: new Date() },
  })
  return count === 0 ? null : ((await runById(id))?.run ?? null)
}

/** Ends a start of a run: `stopped` says why it is paused. False if another start has replaced it, or it has ended. */
export async function endRun(
  id: string,
  run: number | null,
  state: "paused" | "done",
  stopped: unknown = null,
): Promise<boolean> {
  const { count } = await db().evalRun.updateMany({
    where: { id, state: "running", ...(run !== null && { run }) },
    data: { state, stopped: toNullableJson(stopped), updatedAt: new Date() },
  })
  return count === 1
}

/** Soft-deletes and ends it. False if there is none. The caller has checked the owner. */
export async function softDeleteRun(id: string, now = new Date()): Promise<boolean> {
  const { count } = await db().evalRun.updateMany({
    where: { id, deletedAt: null },
    data: { deletedAt: now, run: { increment: 1 } },
  })
  if (count > 0) await db().evalRun.updateMany({ where: { id, state: "running" }, data: { state: "paused" } })
  return count === 1
}

/** Restores a deleted run of this user. False if there is none. */
export async function undeleteRun(id: string, userId: string): Promise<boolean> {
  const { count } = await db().evalRun.updateMany({
    where: { id, deletedAt: { not: null }, eval: { userId, deletedAt: null } },
    data: { deletedAt: null, updatedAt: new Date() },
  })
  return count === 1
}

/** Running ones that may have no runner: for restarting them after a crash. */
export const runningRuns = () =>
  db().evalRun.findMany({
    where: { state: "running", deletedAt: null, eval: { deletedAt: null } },
    select: { id: true, run: true, eval: { select: { userId: true } } },
  })

/** The questions of a run in order; only these numbers if given. The caller has checked the owner. */
export const questionsOf = (runId: string, numbers?: number[]): Promise<QuestionRecord[]> =>
  db().evalQuestion.findMany({
    where: { runId, ...(numbers && { number: { in: numbers } }) },
    orderBy: { number: "asc" },
  })

export interface RunCount {
  runId: string
  place: number
  state: string
  verdict: string | null
  count: number
  costUsd: number
}

/** Number of answers of these runs by state and column. The caller has checked the owner. */
export async function countsOf(runIds: string[]): Promise<RunCount[]> {
  if (runIds.length === 0) return []
  const rows = await raw().read({
    sql: `SELECT "runId", "place", "state", "verdict", COUNT(*) AS "count", SUM("costUsd") AS "cost"
      FROM "EvalAnswer" WHERE "runId" IN (${runIds.map(() => "?").join(", ")})
      GROUP BY "runId", "place", "state", "verdict"`,
    values: runIds,
  })
  return rows.map((row) => ({
    ...{ runId: String(row.runId), place: Number(row.place), state: String(row.state), count: Number(row.count) },
    ...{ verdict: row.verdict === null ? null : String(row.verdict), costUsd: Number(row.cost ?? 0) },
  }))
}

/** Records a blind choice, once. False if that question already has one. `place`: null is a tie. */
export async function addChoice(runId: string, number: number, place: number | null): Promise<boolean> {
  const there = await db().evalChoice.upsert({
    where: { runId_number: { runId, number } },
    create: { runId, number, place },
    update: {},
    select: { place: true },
  })
  return there.place === place
}

export const choicesOf = (runId: string) => db().evalChoice.findMany({ where: { runId }, orderBy: { number: "asc" } })
