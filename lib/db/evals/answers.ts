/** Answers of an eval run: claimed and written like cells (`lib/db/cells/`), read, and requested again. */
import {
  type CellEnding,
  type CellRun,
  type CellTable,
  type Claimed,
  endOf,
  jsonValue,
  type SetColumn,
} from "@/lib/db/cells/cells"
import { db, raw } from "@/lib/db/client"
import { type EvalAnswer, Prisma } from "@/lib/db/generated/sqlite/client"

export type EvalAnswerRecord = EvalAnswer

export const EVAL_CELLS: CellTable = { answers: "EvalAnswer", owner: "runId", runs: "EvalRun" }

/** The outcome of an attempt at a question. Omitted fields stay as they are. */
export interface EvalEnding extends CellEnding {
  result?: unknown
  verdict?: string
  finding?: unknown
  /** The model that answered, if it is a different one. */
  model?: string | null
  firstMs?: number | null
  speed?: number | null
  /** US dollars spent on the judge so far. */
  judgeUsd?: number | null
}

/** Writes the outcome of an attempt. False if another runner has the answer by now: then only the usage counts. */
export function endEvalAnswer(run: CellRun, claimed: Claimed, ending: EvalEnding): Promise<boolean> {
  const { verdict, model, firstMs, speed, judgeUsd } = ending
  const given = Object.entries({ verdict, model, firstMs, speed, judgeUsd })
  const columns: SetColumn[] = [
    ...given.flatMap(([name, value]): SetColumn[] => (value === undefined ? [] : [[name, value]])),
    ...(["result", "finding"] as const).flatMap((name): SetColumn[] =>
      ending[name] === undefined ? [] : [[name, jsonValue(ending[name])]],
    ),
  ]
  return endOf(EVAL_CELLS, run, claimed, ending, columns)
}

/** One answer, for the runner that requests it. */
export const evalAnswer = (runId: string, number: number, place: number): Promise<EvalAnswerRecord | null> =>
  db().evalAnswer.findUnique({ where: { runId_number_place: { runId, number, place } } })

/** All answers of these questions, sorted by question and column. The caller has checked the owner. */
export const evalAnswers = (runId: string, numbers?: number[]): Promise<EvalAnswerRecord[]> =>
  db().evalAnswer.findMany({
    where: { runId, ...(numbers && { number: { in: numbers } }) },
    orderBy: [{ number: "asc" }, { place: "asc" }],
  })

/** The places of a run that have an answer, without its content. */
export const answeredCells = (runId: string): Promise<{ number: number; place: number }[]> =>
  db().evalAnswer.findMany({
    where: { runId, state: "done", result: { not: Prisma.DbNull } },
    select: { number: true, place: true },
    orderBy: [{ number: "asc" }, { place: "asc" }],
  })

/** The measurements of all answers of a run. */
export const measurementsOf = (runId: string) =>
  db().evalAnswer.findMany({
    where: { runId },
    select: {
      ...{ number: true, place: true, state: true, verdict: true, inputTokens: true, outputTokens: true },
      ...{ costUsd: true, judgeUsd: true, firstMs: true, speed: true },
    },
    orderBy: [{ number: "asc" }, { place: "asc" }],
  })

const ANEW = `"state" = 'waiting', "attempts" = 0, "runAfter" = ?, "error" = NULL, "finding" = NULL,
  "verdict" = CASE WHEN "verdict" = 'none' THEN 'none' ELSE NULL END`
const FORGOTTEN = `"result" = NULL, "model" = NULL, "firstMs" = NULL, "speed" = NULL`
const ENDED = `"state" IN ('done', 'failed')`

/** Requests one answer again; one that could not be judged keeps its text, and is only judged again. */
export const requeueCell = (runId: string, number: number, place: number, now = new Date()): Promise<void> =>
  raw().transact([
    {
      sql: `UPDATE "EvalAnswer" SET ${ANEW} WHERE "runId" = ? AND "number" = ? AND "place" = ? AND ${ENDED}
        AND "verdict" = 'unjudged'`,
      values: [now, runId, number, place],
    },
    {
      sql: `UPDATE "EvalAnswer" SET ${ANEW}, ${FORGOTTEN} WHERE "runId" = ? AND "number" = ? AND "place" = ? AND ${ENDED}`,
      values: [now, runId, number, place],
    },
  ])

/**
 * Requests all failed answers again, and all that could not be judged are judged again. Returns the numbers of their
 * questions.
 */
export async function requeueFailedCells(runId: string, now = new Date()): Promise<number[]> {
  const rows = await db().evalAnswer.findMany({
    where: { runId, OR: [{ state: "failed" }, { state: "done", verdict: "unjudged" }] },
    select: { number: true },
    distinct: ["number"],
    orderBy: { number: "asc" },
  })
  await raw().transact([
    {
      sql: `UPDATE "EvalAnswer" SET ${ANEW} WHERE "runId" = ? AND "state" = 'done' AND "verdict" = 'unjudged'`,
      values: [now, runId],
    },
    {
      sql: `UPDATE "EvalAnswer" SET ${ANEW}, ${FORGOTTEN} WHERE "runId" = ? AND "state" = 'failed'`,
      values: [now, runId],
    },
  ])
  return rows.map(({ number }) => number)
}
