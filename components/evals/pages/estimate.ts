/** The rough cost of a run before anything is measured. Pure. */
import type { EvalCase } from "@/lib/evals/contract/eval"
import type { EvalHead } from "@/lib/evals/types"
import type { ModelInfo, ModelPrice } from "@/lib/models/model.types"
import { findModel } from "@/lib/models/ways"

/** Approximate characters per token. */
const PER_TOKEN = 4
/** Approximate tokens of an answer, a judge's answer, and the prompt every model gets. */
const OF_ANSWER = 400
const OF_JUDGE = 120
const OF_PROMPT = 120

const tokensOf = ({ question, system, check }: EvalCase) =>
  (question.length + system.length + ("schema" in check ? JSON.stringify(check.schema).length : 0)) / PER_TOKEN

const costOf = (input: number, output: number, price: ModelPrice) =>
  (input * price.input + output * price.output) / 1_000_000

/**
 * US dollars; null: a price is unknown. Uses the measured cost of the newest run with the same model, otherwise
 * estimates tokens by characters. A judge's answers are always estimated by characters.
 */
export function estimateOf(head: EvalHead, columns: { model: string }[], models: ModelInfo[]): number | null {
  const { cases, judge, runs } = head
  let total = 0
  for (const { model } of columns) {
    const measured = runs
      .flatMap((run) => run.columns)
      .find((one) => one.model === model && one.ended > 0 && one.costUsd > 0)
    const price = findModel(models, model)?.price
    if (measured) total += (measured.costUsd / measured.ended) * cases.length
    else if (price) total += cases.reduce((sum, one) => sum + costOf(tokensOf(one) + OF_PROMPT, OF_ANSWER, price), 0)
    else return null
  }
  const judged = cases.filter(({ check }) => check.kind === "judge")
  if (judged.length === 0 || judge === null) return total
  const price = findModel(models, judge)?.price
  if (!price) return null
  const each = judged.reduce((sum, one) => sum + costOf(tokensOf(one) + OF_ANSWER + OF_PROMPT * 2, OF_JUDGE, price), 0)
  return total + each * columns.length
}
