/** Answers for a grid's rows: claimed and written like cells (`lib/db/cells/`), read, and requested again. */
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

/** The outcome of an attempt at a row. */
export interface Ending extends CellEnding {
  result?: unknown
  problems?: unknown
  /** The model that answered, if it is a different one. */
  model?: string | null
}

/**
 * Writes the outcome of an attempt; a row that waits again keeps its earlier result. False if another runner has it by
 * now: then only the usage counts.
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

/**
 * Requests ended answers of a user's grid again: those of `numbers` and `place`, or all in these states. Returns how
 * many.
 */
export async function requeueAnswers(
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

/** The rows of a grid with failed answers. */
export async function failedRows(gridId: string): Promise<number[]> {
  const rows = await db().gridAnswer.findMany({
    where: { gridId, state: "failed" },
    select: { number: true },
    distinct: ["number"],
    orderBy: { number: "asc" },
  })
  return rows.map(({ number }) => number)
}

/** Skips rows, or includes them again. Returns how many answers. */
export async function skipRows(gridId: string, numbers: number[], skip: boolean): Promise<number> {
  const { count } = await db().gridAnswer.updateMany({
    where: { gridId, number: { in: numbers }, state: skip ? { in: ["waiting", "failed"] } : "skipped" },
    data: { state: skip ? "skipped" : "waiting", attempts: 0, runAfter: new Date() },
  })
  return count
}

/** The answers of these rows, sorted by row and model. The caller has checked the owner. */
export const answersBy = (gridId: string, numbers: number[]): Promise<AnswerRecord[]> =>
  db().gridAnswer.findMany({
    where: { gridId, number: { in: numbers } },
    orderBy: [{ number: "asc" }, { place: "asc" }],
  })

/**
 * Stores a user's edits of values, alongside the original. False if there is no such finished answer, or its edits
 * differ from `before`.
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
