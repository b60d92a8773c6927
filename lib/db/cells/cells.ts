/**
 * Pending model answers, one per row, of either table: data grids and evals. A row is claimed with a lease, and its
 * result is written once, by the lease holder: a result from a process that was presumed dead is discarded, but its
 * spending counts.
 */
import { config } from "@/lib/config"
import { toJsonText } from "@/lib/db/clean"
import { isPostgres, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import { type AnswersTaken, addedUsage, consumeAnswers, liveUser, refundedAnswers, type Usage } from "@/lib/db/quota"
import { dateOf, type Statement } from "@/lib/db/raw"

/** Duration of a lease, and interval of its renewal, in milliseconds. */
export const ANSWER_LEASE_MS = 30_000
export const ANSWER_RENEW_MS = 10_000

/** Names of the table with the answers, of its owner column, and of the owner's table. */
export interface CellTable {
  answers: "GridAnswer" | "EvalAnswer"
  owner: "gridId" | "runId"
  runs: "Grid" | "EvalRun"
}

/** Which answers are being requested, and by which runner. */
export interface CellRun {
  /** ID of the grid, or of the eval run. */
  id: string
  userId: string
  /** Count of starts: a runner of an earlier start begins nothing more. */
  run: number
  /** Unique to this runner. */
  holder: string
  /** Number of rows from the first; null: all. */
  upTo: number | null
  /** Only these rows; null: all. */
  only: number[] | null
}

export interface Claimable {
  number: number
  place: number
  attempts: number
  /** A result is stored already. */
  said: boolean
}

export interface Claimed extends Claimable {
  startedAt: number
  /** What this attempt took from the user's quota. */
  taken: AnswersTaken | undefined
}

const NO_ROW = 1_000_000_000

/** A list of numbers in a statement, as a single value so that the statement text stays the same. */
function among(only: number[] | null): string {
  if (only === null) return ""
  const numbers = isPostgres(config().databaseUrl)
    ? `SELECT n::int FROM json_array_elements_text(?::json) n`
    : `SELECT value FROM json_each(?)`
  return ` AND "number" IN (${numbers})`
}

const list = (only: number[] | null): string[] => (only === null ? [] : [JSON.stringify(only)])

/** Answers that may be requested now, in row order: waiting ones, and those whose runner is dead. */
export async function claimableOf(
  { answers, owner }: CellTable,
  { id, upTo, only }: Pick<CellRun, "id" | "upTo" | "only">,
  most: number,
  now = new Date(),
): Promise<Claimable[]> {
  const rows = await raw().read({
    sql: `SELECT "number", "place", "attempts", CASE WHEN "result" IS NULL THEN 0 ELSE 1 END AS "said"
      FROM "${answers}" WHERE "${owner}" = ? AND "number" < ?${among(only)}
      AND (("state" = 'waiting' AND "runAfter" <= ?) OR ("state" = 'running' AND "leaseUntil" < ?))
      ORDER BY "number", "place" LIMIT ?`,
    values: [id, upTo ?? NO_ROW, ...list(only), now, now, most],
  })
  return rows.map(({ number, place, attempts, said }) => ({
    ...{ number: Number(number), place: Number(place), attempts: Number(attempts), said: Number(said) === 1 },
  }))
}

/**
 * Claims an answer, if it is still as it was read and its run continues. `taken`: from the user's quota. Null if it was
 * claimed by someone else or the run is paused. Fails with `QuotaReached`, `SwitchedOff`.
 */
export async function claimOf(
  { answers, owner, runs }: CellTable,
  { id, userId, run, holder }: CellRun,
  { number, place, attempts, said }: Claimable,
  taken: AnswersTaken | undefined,
  now = new Date(),
): Promise<Claimed | null> {
  const claimed: Statement = {
    sql: `UPDATE "${answers}" SET "state" = 'running', "holder" = ?, "leaseUntil" = ?, "attempts" = "attempts" + 1
      WHERE "${owner}" = ? AND "number" = ? AND "place" = ? AND "attempts" = ?
      AND ("state" = 'waiting' OR ("state" = 'running' AND "leaseUntil" < ?))
      AND EXISTS (SELECT 1 FROM "${runs}" WHERE "id" = ? AND "state" = 'running' AND "run" = ? AND "deletedAt" IS NULL)`,
    values: [...[holder, new Date(now.getTime() + ANSWER_LEASE_MS), id, number, place, attempts, now], ...[id, run]],
    must: true,
  }
  try {
    await raw().transact([liveUser(userId), ...(taken ? [consumeAnswers(taken)] : []), claimed])
    return { number, place, said, attempts: attempts + 1, startedAt: now.getTime(), taken }
  } catch (error) {
    if (isMissingRow(error)) return null
    throw error
  }
}

/** Renews the leases held by this runner. */
export const renewOf = (
  { answers, owner }: CellTable,
  { id, holder }: Pick<CellRun, "id" | "holder">,
  now = new Date(),
): Promise<void> =>
  raw().transact([
    {
      sql: `UPDATE "${answers}" SET "leaseUntil" = ? WHERE "${owner}" = ? AND "holder" = ? AND "state" = 'running'`,
      values: [new Date(now.getTime() + ANSWER_LEASE_MS), id, holder],
    },
  ])

/** The outcome of an attempt, for any kind of answer. */
export interface CellEnding {
  state: "waiting" | "done" | "failed"
  error?: unknown
  /** For a waiting one: when to retry. `uncounted`: this attempt doesn't count; `anew`: none so far counts. */
  runAfter?: Date
  uncounted?: boolean
  anew?: boolean
  /** Nothing arrived, so what the attempt took from the quota is given back. */
  unasked?: boolean
  inputTokens: number
  outputTokens: number
  /** Null: the price is unknown. */
  costUsd: number | null
  /** What is added to the user's day; null: nothing was used. */
  usage: Usage | null
}

/** A column to set, by name: a value, or its JSON text. */
export type SetColumn = [column: string, value: string | number | boolean | null]

/** A value for a JSON column, in the form statements take. */
export const jsonValue = (value: unknown): string | null =>
  value === undefined || value === null ? null : toJsonText(value)

/** A condition: a JSON column equals this `jsonValue`, or both are null. */
export const isJsonValue = (column: string): string =>
  isPostgres(config().databaseUrl) ? `"${column}" IS NOT DISTINCT FROM ?::jsonb` : `json("${column}") IS json(?)`

/**
 * Writes the outcome of an attempt, its usage, and these additional columns. False if another runner has the answer by
 * now: then only the usage counts.
 */
export async function endOf(
  { answers, owner }: CellTable,
  { id, holder }: Pick<CellRun, "id" | "holder">,
  { number, place, attempts, startedAt, taken }: Claimed,
  ending: CellEnding,
  columns: SetColumn[],
  now = new Date(),
): Promise<boolean> {
  const { state, runAfter = now, inputTokens, outputTokens, costUsd, usage } = ending
  const forgotten = ending.anew ? attempts : ending.uncounted ? 1 : 0
  const own = columns.map(([name]) => `"${name}" = ?, `).join("")
  const written: Statement = {
    sql: `UPDATE "${answers}" SET ${own}"state" = ?, "error" = ?, "runAfter" = ?, "attempts" = "attempts" - ?,
      "inputTokens" = "inputTokens" + ?, "outputTokens" = "outputTokens" + ?,
      "costUsd" = CASE WHEN ? THEN COALESCE("costUsd", 0) + ? ELSE "costUsd" END,
      "durationMs" = ?, "endedAt" = ?, "holder" = NULL, "leaseUntil" = NULL
      WHERE "${owner}" = ? AND "number" = ? AND "place" = ? AND "holder" = ? AND "attempts" = ? AND "state" = 'running'`,
    values: [
      ...columns.map(([, value]) => value),
      ...[state, jsonValue(ending.error), runAfter, forgotten],
      ...[inputTokens, outputTokens, costUsd !== null, costUsd ?? 0],
      ...[now.getTime() - startedAt, state === "waiting" ? null : now],
      ...[id, number, place, holder, attempts],
    ],
    must: true,
  }
  const used = usage ? [addedUsage(usage, now)] : []
  const back = ending.unasked && taken ? [refundedAnswers(taken)] : []
  try {
    await raw().transact([written, ...used, ...back])
    return true
  } catch (error) {
    if (!isMissingRow(error)) throw error
    if (used.length > 0) await raw().transact(used)
    return false
  }
}

/** Milliseconds until an answer may be requested or its lease expires; null: all have ended. */
export async function untilNextOf(
  { answers, owner }: CellTable,
  { id, upTo, only }: Pick<CellRun, "id" | "upTo" | "only">,
  now = new Date(),
): Promise<number | null> {
  const [row] = await raw().read({
    sql: `SELECT COUNT(*) AS "count", MIN(CASE WHEN "state" = 'waiting' THEN "runAfter" ELSE "leaseUntil" END) AS "next"
      FROM "${answers}" WHERE "${owner}" = ? AND "number" < ?${among(only)} AND "state" IN ('waiting', 'running')`,
    values: [id, upTo ?? NO_ROW, ...list(only)],
  })
  if (!row || Number(row.count) === 0) return null
  return row.next === null ? 0 : Math.max(0, dateOf(row.next).getTime() - now.getTime())
}
