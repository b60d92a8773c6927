/**
 * Answers that models owe, a row each, of whichever table: data grids and evals. A row is claimed with a lease and its result
 * written once, by who holds it: what a process that was thought dead has to say changes nothing, but what it spent counts.
 */
import { config } from "@/lib/config"
import { toJsonText } from "@/lib/db/clean"
import { isPostgres, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import { type AnswersTaken, addedUsage, givenBack, liveUser, takeAnswers, type Usage } from "@/lib/db/quota"
import { dateOf, type Statement } from "@/lib/db/raw"

/** Milliseconds that a lease lasts, and after which it is renewed. */
export const ANSWER_LEASE_MS = 30_000
export const ANSWER_RENEW_MS = 10_000

/** Where answers are kept, and what they belong to: names of tables and of a column. */
export interface CellTable {
  answers: "GridAnswer" | "EvalAnswer"
  owner: "gridId" | "runId"
  runs: "Grid" | "EvalRun"
}

/** Which answers are asked now, and by whom. */
export interface CellRun {
  /** Of the grid, or of the run of an eval. */
  id: string
  userId: string
  /** Its number of starts: a runner of an earlier one begins nothing more. */
  run: number
  /** Made for this runner alone. */
  holder: string
  /** Rows from the first; null: all. */
  upTo: number | null
  /** Only these rows; null: all. */
  only: number[] | null
}

export interface Claimable {
  number: number
  place: number
  attempts: number
  /** Something that was said is stored with it. */
  said: boolean
}

export interface Claimed extends Claimable {
  startedAt: number
  /** Of the person's quota, for this try. */
  taken: AnswersTaken | undefined
}

const NO_ROW = 1_000_000_000

/** A list of numbers in a statement: one value, so that the statement stays the same. */
function among(only: number[] | null): string {
  if (only === null) return ""
  const numbers = isPostgres(config().databaseUrl)
    ? `SELECT n::int FROM json_array_elements_text(?::json) n`
    : `SELECT value FROM json_each(?)`
  return ` AND "number" IN (${numbers})`
}

const list = (only: number[] | null): string[] => (only === null ? [] : [JSON.stringify(only)])

/** Answers that may be asked now, in the order of the rows: those that wait, and those whose runner lives no more. */
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
 * Takes an answer, as it was read, while its run goes on. `taken`: of the person's quota. Null when somebody was faster or
 * the run is paused. Fails with `QuotaReached`, `SwitchedOff`.
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
    await raw().transact([liveUser(userId), ...(taken ? [takeAnswers(taken)] : []), claimed])
    return { number, place, said, attempts: attempts + 1, startedAt: now.getTime(), taken }
  } catch (error) {
    if (isMissingRow(error)) return null
    throw error
  }
}

/** Renews the leases of what this runner holds. */
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

/** What a try came to, whatever the answer is. */
export interface CellEnding {
  state: "waiting" | "done" | "failed"
  error?: unknown
  /** Of one that waits: when it is asked again; the try, or none so far, does not count where it says so. */
  runAfter?: Date
  uncounted?: boolean
  anew?: boolean
  /** Nothing came, so that what the try took of the quota goes back. */
  unasked?: boolean
  inputTokens: number
  outputTokens: number
  /** Null: the price is not known. */
  costUsd: number | null
  /** What goes to the person's day; null: nothing was used. */
  usage: Usage | null
}

/** A column that is set, by its name: a value, or what is kept as JSON. */
export type SetColumn = [column: string, value: string | number | boolean | null]

/** A value for a column of JSON, as statements take it. */
export const jsonValue = (value: unknown): string | null =>
  value === undefined || value === null ? null : toJsonText(value)

/** A condition: a column of JSON is this `jsonValue`, or as empty as it is. */
export const isJsonValue = (column: string): string =>
  isPostgres(config().databaseUrl) ? `"${column}" IS NOT DISTINCT FROM ?::jsonb` : `json("${column}") IS json(?)`

/**
 * Writes what a try came to, with what it used, and these columns of its own. False when another runner has it by now: only
 * what it used counts then.
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
  const back = ending.unasked && taken ? [givenBack(taken)] : []
  try {
    await raw().transact([written, ...used, ...back])
    return true
  } catch (error) {
    if (!isMissingRow(error)) throw error
    if (used.length > 0) await raw().transact(used)
    return false
  }
}

/** Milliseconds until an answer may be asked or is given up by its runner; null: all have ended. */
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
