/** Exports a run: one JSON object per answer. */
import { parseSentence } from "@/lib/asking/fault"
import type { EvalAnswerRecord } from "@/lib/db/evals/answers"
import type { QuestionRecord } from "@/lib/db/evals/runs"
import { columnsIn } from "@/lib/evals/evals"
import { requireRun } from "@/lib/evals/runs"
import { parseFinding, saidIn } from "@/lib/evals/said"
import { scanRun } from "@/lib/evals/scan"
import type { RunColumn } from "@/lib/evals/types"
import { renderSentence } from "@/lib/i18n/sentences"

/** A JSON array, streamed from the database. Throws `eval:run_not_found` before it starts. */
export async function exportRun(userId: string, id: string): Promise<AsyncGenerator<string>> {
  const run = await requireRun(userId, id)
  return answersOf(id, columnsIn(run))
}

async function* answersOf(runId: string, columns: RunColumn[]): AsyncGenerator<string> {
  let isFirst = true
  yield "["
  for await (const { question, answers } of scanRun(runId))
    for (const answer of answers) {
      yield `${isFirst ? "" : ","}\n${JSON.stringify(exported(question, answer, columns[answer.place]))}`
      isFirst = false
    }
  yield "\n]\n"
}

function exported({ number, question, system, check }: QuestionRecord, answer: EvalAnswerRecord, column?: RunColumn) {
  const { state, verdict, inputTokens, outputTokens, costUsd, judgeUsd, firstMs, speed } = answer
  const { problems, why, judge } = parseFinding(answer.finding)
  const error = parseSentence(answer.error)
  return {
    ...{ case: number + 1, question, system, check, model: column?.model ?? "", preset: column?.preset ?? null },
    ...{ state, verdict, answer: saidIn(answer.result), error: error && renderSentence(error) },
    reason:
      judge?.reason ??
      (why ? renderSentence(why) : problems.map(({ path, message }) => `${path} ${message}`.trim()).join("\n")),
    ...{ inputTokens, outputTokens, costUsd, judgeUsd, firstMs, tokensPerSecond: speed },
  }
}
