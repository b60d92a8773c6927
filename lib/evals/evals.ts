/** A user's evals: questions with expectations for their answers. Every query includes the owner. */
import type { SessionUser } from "@/lib/auth/sessions"
import { notifyEvalChanged } from "@/lib/chat/news/news"
import { isUniqueViolation } from "@/lib/db/errors"
import {
  type CaseRecord,
  caseCounts,
  casesOf,
  changeCases,
  countEvals,
  createEval,
  type EvalRecord,
  evalsOf,
  findEval,
  purgeEvals,
  softDeleteEval,
  undeleteEval,
  updateEval,
} from "@/lib/db/evals/evals"
import { countsOf, type RunCount, type RunRecord, runsOf } from "@/lib/db/evals/runs"
import { createWithinLimit } from "@/lib/db/limits"
import { patternOutput } from "@/lib/evals/checks/check"
import { caseSchema, type EvalCase, MAX_CASES, MAX_EVALS } from "@/lib/evals/contract/eval"
import {
  type EvalChangeRequest,
  type EvalHead,
  type EvalSummary,
  type RunColumn,
  type RunSummary,
  runColumnSchema,
} from "@/lib/evals/types"
import { AppError } from "@/lib/http/errors"
import { checkOutput } from "@/lib/output/check"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"

/** Days for which deleted evals can be restored. */
const KEPT_DAYS = 30

export const evalNotFound = () => new AppError("eval:not_found")

/** An eval of this user. Throws `eval:not_found`. */
export async function requireEval(userId: string, id: string): Promise<EvalRecord> {
  const found = await findEval(id, userId)
  if (!found) throw evalNotFound()
  return found
}

/** Stored cases; those written by another version that can't be parsed are skipped. */
export const readCases = (rows: CaseRecord[]): EvalCase[] =>
  rows.flatMap(({ id, question, system, check }) => caseSchema.safeParse({ id, question, system, check }).data ?? [])

/** The columns of a run, in the order of its answers. */
export const columnsIn = ({ columns }: Pick<RunRecord, "columns">): RunColumn[] =>
  Array.isArray(columns) ? columns.flatMap((one) => runColumnSchema.safeParse(one).data ?? []) : []

const timesOf = ({ createdAt, updatedAt }: EvalRecord) => ({
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
})

function runSummary(run: RunRecord, counts: RunCount[]): RunSummary {
  const own = counts.filter(({ runId }) => runId === run.id)
  const columns = columnsIn(run).map(({ model, preset }, place) => {
    const of = own.filter((one) => one.place === place)
    const sum = (which: (one: RunCount) => boolean) =>
      of.reduce((total, one) => total + (which(one) ? one.count : 0), 0)
    const isEnded = ({ state }: RunCount) => state === "done" || state === "failed"
    return {
      ...{ model, preset, ended: sum(isEnded), costUsd: of.reduce((total, one) => total + one.costUsd, 0) },
      pass: sum((one) => one.state === "done" && one.verdict === "pass"),
      checked: sum((one) => isEnded(one) && one.verdict !== "none"),
    }
  })
  const rows = own.filter(({ place }) => place === 0).reduce((total, { count }) => total + count, 0)
  return {
    ...{ id: run.id, evalId: run.evalId, number: run.number, state: run.state, columns, rows },
    createdAt: run.createdAt.toISOString(),
  }
}

/** Most recently changed first. */
export async function listEvals(userId: string): Promise<EvalSummary[]> {
  const evals = await evalsOf(userId)
  const ids = evals.map(({ id }) => id)
  const [cases, runs] = await Promise.all([caseCounts(ids), runsOf(ids)])
  const byEval = new Map<string, RunRecord[]>(ids.map((id) => [id, []]))
  for (const run of runs) byEval.get(run.evalId)?.push(run)
  // For the others only the number of cases is needed.
  const counts = await countsOf([...byEval.values()].flatMap(([last]) => last?.id ?? []))
  return evals.map((one) => {
    const own = byEval.get(one.id) ?? []
    const [last] = own
    return {
      ...{ id: one.id, title: one.title, cases: cases.get(one.id) ?? 0, runs: own.length },
      ...{ last: last ? runSummary(last, counts) : null, ...timesOf(one) },
    }
  })
}

/** Throws `eval:not_found`. */
export async function evalHead(userId: string, id: string): Promise<EvalHead> {
  const found = await requireEval(userId, id)
  const [cases, runs] = await Promise.all([casesOf(id), runsOf([id])])
  const counts = await countsOf(runs.map((run) => run.id))
  return {
    ...{ id, title: found.title, judge: found.judge, cases: readCases(cases), ...timesOf(found) },
    runs: runs.map((run) => runSummary(run, counts)),
  }
}

/**
 * Creates an eval without cases. Idempotent by ID. Throws `eval:not_found` if the ID belongs to someone else,
 * `limit:reached`.
 */
export async function makeEval(userId: string, { id, title }: { id: string; title: string }): Promise<void> {
  if (await findEval(id, userId)) return
  try {
    const made = await createWithinLimit(userId, {
      most: MAX_EVALS,
      count: (client) => countEvals(client, userId),
      make: async (client) => {
        await createEval(client, { id, userId, title, judge: null })
        return true
      },
    })
    if (!made) throw new AppError("limit:reached/evals", { values: { count: MAX_EVALS } })
  } catch (error) {
    if (!isUniqueViolation(error)) throw error
    await requireEval(userId, id)
  }
}

/** Throws `eval:not_found`, `model:not_offered`, `model:unknown`. */
export async function changeEval(user: SessionUser, id: string, change: EvalChangeRequest): Promise<void> {
  const { deleted, title, judge } = change
  if (deleted === false) await undeleteEval(id, user.id)
  await requireEval(user.id, id)
  if (judge) await requireOffered(user, await modelOf(user.id, judge))
  if (title !== undefined || judge !== undefined) await updateEval(id, user.id, { title, judge })
  await notifyEvalChanged(user.id, { id, run: null, rows: null })
}

/**
 * Changes, adds (before this one, or at the end), and removes cases. Throws `eval:not_found`, `output:schema_invalid`
 * for an unusable schema or pattern, `eval:cases` above 500 cases.
 */
export async function putCases(
  userId: string,
  id: string,
  put: EvalCase[],
  remove: string[],
  before: string | null = null,
): Promise<void> {
  await requireEval(userId, id)
  for (const { check } of put) {
    if (check.kind === "json")
      await checkOutput(userId, { type: "json_schema", name: check.name, schema: check.schema })
    if (check.kind === "pattern") await checkOutput(userId, patternOutput(check.pattern))
  }
  const unique = new Map(put.map((one) => [one.id, one]))
  const changed = await changeCases(id, userId, { put: [...unique.values()], remove, before, most: MAX_CASES })
  if (changed === "not_there") throw evalNotFound()
  if (changed === "full") throw new AppError("eval:cases/full", { values: { count: MAX_CASES } })
  await notifyEvalChanged(userId, { id, run: null, rows: null })
}

/** Soft-deletes: can be restored for 30 days. Throws `eval:not_found`. */
export async function deleteEval(userId: string, id: string): Promise<void> {
  if (!(await softDeleteEval(id, userId))) throw evalNotFound()
  await notifyEvalChanged(userId, { id, run: null, rows: null })
}

/** Permanently removes what was deleted 30 days ago. Returns how many. */
export const purgeDeletedEvals = (now = new Date()): Promise<number> =>
  purgeEvals(new Date(now.getTime() - KEPT_DAYS * 24 * 60 * 60 * 1_000))
