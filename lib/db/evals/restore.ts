/** Restores an eval from an export. */
import { cleanText, toJson, toNullableJson } from "@/lib/db/clean"
import { db, type Transaction } from "@/lib/db/client"
import { caseData, countEvals, createEval, type StoredCase } from "@/lib/db/evals/evals"
import type { EvalAnswer } from "@/lib/db/generated/sqlite/client"
import { createWithinLimit } from "@/lib/db/limits"

type Kept = Pick<
  EvalAnswer,
  "state" | "verdict" | "model" | "inputTokens" | "outputTokens" | "costUsd" | "judgeUsd" | "firstMs" | "speed"
>
export interface RestoredAnswer extends Kept {
  result?: unknown
  finding?: unknown
  error?: unknown
}

export interface RestoredRun {
  id: string
  columns: unknown[]
  judge: string | null
  spendLimitUsd: number | null
  createdAt: Date
  /** Answers by column; null: still to be requested. `choice` null: a tie; undefined: no choice was made. */
  questions: { asked: StoredCase; answers: (RestoredAnswer | null)[]; choice?: number | null }[]
}

export interface RestoredEval {
  id: string
  userId: string
  title: string
  judge: string | null
  createdAt: Date
  /** Evals the user may have. */
  most: number
  cases: StoredCase[]
  /** Oldest first. */
  runs: RestoredRun[]
}

/** Stores an eval with its runs. False if it already exists, by title and time, or the limit is reached. */
export async function restoreEval(given: RestoredEval): Promise<boolean> {
  const { id, userId, title, judge, createdAt, most, cases, runs } = given
  if ((await db().eval.count({ where: { userId, title: cleanText(title), createdAt } })) > 0) return false
  const made = await createWithinLimit(userId, {
    most,
    count: (client) => countEvals(client, userId),
    make: async (client) => {
      await createEval(client, { id, userId, title, judge })
      await client.eval.updateMany({ where: { id }, data: { createdAt } })
      const data = cases.map((one, position) => ({ ...caseData(one), evalId: id, position }))
      await client.evalCase.createMany({ data })
      for (const [at, run] of runs.entries()) await restoreRun(client, id, at + 1, run)
      return true
    },
  })
  return made === true
}

const TOGETHER = 100

async function restoreRun(client: Transaction, evalId: string, number: number, run: RestoredRun): Promise<void> {
  const { id: runId, columns, judge, spendLimitUsd, createdAt, questions } = run
  const state = questions.some(({ answers }) => answers.includes(null)) ? "paused" : "done"
  await client.evalRun.create({
    data: { id: runId, evalId, number, columns: toJson(columns), judge, spendLimitUsd, createdAt, state },
    select: { id: true },
  })
  for (let from = 0; from < questions.length; from += TOGETHER) {
    const some = questions.slice(from, from + TOGETHER).map((one, at) => ({ ...one, number: from + at }))
    await client.evalQuestion.createMany({
      data: some.map(({ number: place, asked }) => {
        const { id: caseId, ...data } = caseData(asked)
        return { ...data, runId, number: place, caseId }
      }),
    })
    await client.evalAnswer.createMany({
      data: some.flatMap((one) =>
        one.answers.map((answer, place) => ({ runId, number: one.number, place, ...(answer && stored(answer)) })),
      ),
    })
    await client.evalChoice.createMany({
      data: some.flatMap(({ number: place, choice }) =>
        choice === undefined ? [] : { runId, number: place, place: choice },
      ),
    })
  }
}

const stored = ({ result, finding, error, ...rest }: RestoredAnswer) => ({
  ...{ ...rest, attempts: 1 },
  ...{ result: toNullableJson(result), finding: toNullableJson(finding), error: toNullableJson(error) },
})
