/**
 * A person's evals in the zip: one file each, with its properties on the first line, then one line per case, per run,
 * and per question with its answers.
 */
import { type EvalAnswerRecord, evalAnswers } from "@/lib/db/evals/answers"
import { casesOf, type EvalRecord, evalsOf } from "@/lib/db/evals/evals"
import { choicesOf, questionsOf, type RunRecord, runsOf } from "@/lib/db/evals/runs"
import { paced } from "@/lib/export/pace"

export const EVAL_FORMAT = "sparkler-eval"
const ROWS = 50

export const exportedEvals = (userId: string): Promise<EvalRecord[]> => evalsOf(userId)

export async function* evalLines({ id, title, judge, createdAt }: EvalRecord): AsyncGenerator<string> {
  const line = (value: object) => `${JSON.stringify(value)}\n`
  yield line({ format: EVAL_FORMAT, version: 1, title, judge, createdAt: createdAt.toISOString() })
  for (const { id: caseId, question, system, check } of await casesOf(id))
    yield line({ case: { id: caseId, question, system, check } })
  for (const run of (await runsOf([id])).toReversed()) {
    yield line({ run: exportedRun(run) })
    const choices = new Map((await choicesOf(run.id)).map(({ number, place }) => [number, place]))
    for (let from = 0; ; from += ROWS) {
      const numbers = Array.from({ length: ROWS }, (_, at) => from + at)
      const [questions, answers] = await paced(() =>
        Promise.all([questionsOf(run.id, numbers), evalAnswers(run.id, numbers)]),
      )
      if (questions.length === 0) break
      for (const { number, caseId, question, system, check } of questions) {
        const own = answers.filter((answer) => answer.number === number).map(exportedAnswer)
        const choice = choices.has(number) ? { choice: { place: choices.get(number) ?? null } } : {}
        yield line({ asked: { id: caseId, question, system, check }, answers: own, ...choice })
      }
    }
  }
}

const exportedRun = ({ columns, judge, spendLimitUsd, createdAt }: RunRecord) => ({
  ...{ columns, judge, spendLimitUsd, createdAt: createdAt.toISOString() },
})

function exportedAnswer(answer: EvalAnswerRecord) {
  const { place, state, result, verdict, finding, error, model, inputTokens, outputTokens } = answer
  const { costUsd, judgeUsd, firstMs, speed } = answer
  return {
    ...{ place, state, result, verdict, finding, error, model, inputTokens, outputTokens },
    ...{ costUsd, judgeUsd, firstMs, speed },
  }
}
