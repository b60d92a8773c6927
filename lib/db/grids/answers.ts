/** Answers of a grid's rows: claimed and written as cells are (`lib/db/cells/`), read, and asked anew. */
import {
  type CellEnding,
  type CellRun,
  type CellTable,
  type Claimed,
  endOf,
  isJsonValue,
  jsonValue,
  type SetColumn,
} from "@/lib/db/cells/cells"
import { db, raw } from "@/lib/db/client"
import { isMissingRow } from "@/lib/db/errors"
import type { GridAnswer } from "@/lib/db/generated/sqlite/client"

export type AnswerRecord = GridAnswer

export const GRID_CELLS: CellTable = { answers: "GridAnswer", owner: "gridId", runs: "Grid" }

/** What a try at a row came to. */
export interface Ending extends CellEnding {
  result?: unknown
  problems?: unknown
  /** The model that answered, where it is another one. */
  model?: string | null
}

/**
 * Writes what a try came to; what a row that waits on had before stays. False when another runner has it by now: only what it
 * used counts then.
 */
export function endAnswer(run: CellRun, claimed: Claimed, ending: Ending): Promise<boolean> {
  const { state, result, problems, model = null } = ending
  const columns: SetColumn[] = [
    ["result", jsonValue(result)],
    ["problems", jsonValue(problems)],
    ["edited", null],
    ["model", model],
  ]
  return endOf(GRID_CELLS, run, claimed, ending, state === "waiting" ? [] : columns)
}

/** Answers of a person's grid that have ended are asked anew: those of `numbers` and `place`, or all of these states. Returns how many. */
export async function askAnew(
  gridId: string,
  which: { numbers?: number[]; place?: number; states: ("failed" | "done" | "skipped")[] },
): Promise<number> {
  const { numbers, place, states } = which
  const { count } = await db().gridAnswer.updateMany({
    where: { gridId, state: { in: states }, place, ...(numbers && { number: { in: numbers } }) },
    data: { state: "waiting", attempts: 0, runAfter: new Date() },
  })
  return count
}

/** The rows of a grid that have failed answers. */
export async function failedRows(gridId: string): Promise<number[]> {
  const rows = await db().gridAnswer.findMany({
    where: { gridId, state: "failed" },
    select: { number: true },
    distinct: ["number"],
    orderBy: { number: "asc" },
  })
  return rows.map(({ number }) => number)
}

/** Leaves rows out, or takes them in again. Returns how many answers. */
export async function skipRows(gridId: string, numbers: number[], skip: boolean): Promise<number> {
  const { count } = await db().gridAnswer.updateMany({
    where: { gridId, number: { in: numbers }, state: skip ? { in: ["waiting", "failed"] } : "skipped" },
    data: { state: skip ? "skipped" : "waiting", attempts: 0, runAfter: new Date() },
  })
  return count
}

/** The answers of these rows, in the order of the rows and models. The caller has checked the owner. */
export const answersBy = (gridId: string, numbers: number[]): Promise<AnswerRecord[]> =>
  db().gridAnswer.findMany({
    where: { gridId, number: { in: numbers } },
    orderBy: [{ number: "asc" }, { place: "asc" }],
  })

/**
 * Keeps what a person put in place of values, beside the original. False when there is no such answer that is done, or
 * something else was put there since it was read as `before`.
 */
export async function editAnswer(
  gridId: string,
  { number, place, edited: before }: Pick<AnswerRecord, "number" | "place" | "edited">,
  { edited, problems }: { edited: unknown; problems: unknown },
): Promise<boolean> {
  try {
    await raw().transact([
      {
        sql: `UPDATE "GridAnswer" SET "edited" = ?, "problems" = ? WHERE "gridId" = ? AND "number" = ? AND "place" = ?
          AND "state" = 'done' AND ${isJsonValue("edited")}`,
        values: [jsonValue(edited), jsonValue(problems), gridId, number, place, jsonValue(before)],
        must: true,
      },
    ])
    return true
  } catch (error) {
    if (isMissingRow(error)) return false
    throw error
  }
}
