/** Views of a run: the state of its columns, the matrix of its answers, and the details of a question. */
import { parseSentence } from "@/lib/asking/fault"
import { type EvalAnswerRecord, evalAnswers, measurementsOf } from "@/lib/db/evals/answers"
import { type findRun, type QuestionRecord, questionsOf } from "@/lib/db/evals/runs"
import { plainAnswer } from "@/lib/evals/checks/check"
import { checkSchema, type EvalCheck, readVerdict } from "@/lib/evals/contract/eval"
import { columnsIn } from "@/lib/evals/evals"
import { requireRun, runNotFound } from "@/lib/evals/runs"
import { parseFinding, saidIn } from "@/lib/evals/said"
import { type ScannedQuestion, scanRun } from "@/lib/evals/scan"
import { expectedUsd, statsOf } from "@/lib/evals/stats"
import type { AnswerView, CaseView, RowView, RunHead, RunView } from "@/lib/evals/types"
import type { Language } from "@/lib/i18n/language"
import { renderSentence } from "@/lib/i18n/sentences"

/** Maximum number of characters to show of an answer and of a question in the matrix. */
const MAX_WORDS = 120
const MAX_QUESTION_WORDS = 240

const NO_CHECK: EvalCheck = { kind: "none" }
const checkIn = ({ check }: Pick<QuestionRecord, "check">): EvalCheck => checkSchema.safeParse(check).data ?? NO_CHECK
/** Copies the beginning: a substring would keep the whole text in memory. */
const cut = (text: string, most: number) =>
  text.length > most ? `${Buffer.from(text.slice(0, most)).toString().trimEnd()}…` : text

type Found = NonNullable<Awaited<ReturnType<typeof findRun>>>

/** Throws `eval:run_not_found`. */
export const runHead = async (userId: string, id: string, language?: Language): Promise<RunHead> =>
  headOf(await requireRun(userId, id), language)

async function headOf(run: Found, language?: Language): Promise<RunHead> {
  const columns = columnsIn(run)
  const measured = await measurementsOf(run.id)
  const stats = statsOf(
    measured.map((one) => ({ ...one, verdict: readVerdict(one.verdict) })),
    columns.length,
  )
  const stopped = parseSentence(run.stopped)
  return {
    ...{ id: run.id, evalId: run.evalId, title: run.eval.title, number: run.number, judge: run.judge },
    columns: columns.map(({ model, preset }) => ({ model, preset })),
    ...{ spendLimitUsd: run.spendLimitUsd, state: run.state, upTo: run.upTo, stats, expectedUsd: expectedUsd(stats) },
    stopped: stopped && renderSentence(stopped, language),
    rows: new Set(measured.map(({ number }) => number)).size,
    createdAt: run.createdAt.toISOString(),
  }
}

/** With all rows of its matrix, or only those with these numbers. Throws `eval:run_not_found`. */
export async function runView(userId: string, id: string, numbers?: number[], language?: Language): Promise<RunView> {
  const run = await requireRun(userId, id)
  const head = await headOf(run, language)
  const rows: RowView[] = []
  for await (const one of scanRun(id, numbers)) rows.push(rowView(one, language))
  return { run: head, rows }
}

function rowView({ question, answers }: ScannedQuestion, language?: Language): RowView {
  return {
    ...{ number: question.number, question: cut(question.question, MAX_QUESTION_WORDS) },
    kind: checkIn(question).kind,
    cells: answers.map(({ place, state, verdict, result, error }) => {
      const failed = parseSentence(error)
      const text = saidIn(result)
      const words = text === null ? (failed && renderSentence(failed, language)) || "" : plainAnswer(text)
      return { place, state, verdict: readVerdict(verdict), words: cut(words.replaceAll(/\s+/g, " "), MAX_WORDS) }
    }),
  }
}

/** The details of one question. Throws `eval:run_not_found`. */
export async function caseView(userId: string, id: string, number: number, language?: Language): Promise<CaseView> {
  await requireRun(userId, id)
  const [[question], answers] = await Promise.all([questionsOf(id, [number]), evalAnswers(id, [number])])
  if (!question) throw runNotFound()
  return {
    ...{ number, question: question.question, system: question.system, check: checkIn(question) },
    answers: answers.map((answer) => answerView(answer, language)),
  }
}

function answerView(answer: EvalAnswerRecord, language?: Language): AnswerView {
  const { place, state, verdict, model, attempts, inputTokens, outputTokens, costUsd, judgeUsd, firstMs, speed } =
    answer
  const { problems, why, judge } = parseFinding(answer.finding)
  const error = parseSentence(answer.error)
  return {
    ...{ place, state, model, attempts, inputTokens, outputTokens, costUsd, judgeUsd, firstMs, speed, judge },
    ...{ verdict: readVerdict(verdict), text: saidIn(answer.result), error: error && renderSentence(error, language) },
    problems: problems.map(({ path, message, sentence }) => ({
      path,
      message: sentence ? renderSentence(sentence, language, message) : message,
    })),
    why: why && renderSentence(why, language),
  }
}
