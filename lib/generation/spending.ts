/** What an answer used and cost, with the runs in which it was written before. */
import { addUsage, costOf, savedOf, usageOf } from "@/lib/ai/accounting"
import type { GenerationJob, Progress } from "@/lib/generation/job"
import type { TokenUsage } from "@/lib/messages/types"
import type { ModelInfo, ModelPrice } from "@/lib/models/model.types"
import { modelOf } from "@/lib/own-key/payer"

interface Spending {
  usage: TokenUsage | undefined
  /** USD; undefined when the price is not known. */
  costUsd: number | undefined
}

/** Of a run that has ended. What its server didn't count is missing. */
export async function spendingOf({ model, continued, userId }: GenerationJob, progress: Progress): Promise<Spending> {
  const counted = progress.usage && usageOf.tokens(progress.usage)
  const before = continued?.usage
  if (!counted) return { usage: before, costUsd: continued?.costUsd }
  const price = await priceOf(userId, model, progress)
  const saved = price && savedOf(counted, price)
  const tokens = saved ? { ...counted, savedUsd: saved } : counted
  const total = paidBy(progress, before ? addUsage(before, tokens) : tokens, before)
  // Of two runs one of which has no price, the sum has none.
  const earlier = before ? continued?.costUsd : 0
  return {
    usage: progress.finishReason === "length" ? { ...total, limit: progress.limit } : total,
    costUsd: price && earlier !== undefined ? costOf(counted, price) + earlier : undefined,
  }
}

/** Of an answer in two runs: by the person's own key only where both were. */
function paidBy({ ownKey }: Progress, total: TokenUsage, before: TokenUsage | undefined): TokenUsage {
  return ownKey && (!before || before.ownKey) ? { ...total, ownKey } : total
}

/** Of whoever answered; null when that is not known, or when two have. */
async function priceOf(userId: string, model: ModelInfo, { served }: Progress): Promise<ModelPrice | null> {
  if (!served) return model.price
  return served.whole
    ? modelOf(userId, served.model).then(
        ({ price }) => price,
        () => null,
      )
    : null
}
