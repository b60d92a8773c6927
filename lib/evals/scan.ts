/** Iterates over a run's questions in batches: answers may be long, and memory is shared. */
import { type EvalAnswerRecord, evalAnswers } from "@/lib/db/evals/answers"
import { type QuestionRecord, questionsOf } from "@/lib/db/evals/runs"
import { MAX_CASES } from "@/lib/evals/contract/eval"

const TOGETHER = 50

export interface ScannedQuestion {
  question: QuestionRecord
  /** In the order of the run's columns. */
  answers: EvalAnswerRecord[]
}

/** All questions of a run, or those with these numbers, in order. The caller must have checked the owner. */
export async function* scanRun(runId: string, numbers?: number[]): AsyncGenerator<ScannedQuestion> {
  const all = [...new Set(numbers ?? Array.from({ length: MAX_CASES }, (_, at) => at))].sort((a, b) => a - b)
  for (let from = 0; from < all.length; from += TOGETHER) {
    const some = all.slice(from, from + TOGETHER)
    const [questions, answers] = await Promise.all([questionsOf(runId, some), evalAnswers(runId, some)])
    if (questions.length === 0 && !numbers) return
    for (const question of questions)
      yield { question, answers: answers.filter(({ number }) => number === question.number) }
  }
}
