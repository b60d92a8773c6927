/** What an answer used and cost, with the runs in which it was written before. */
import { addUsage, costOf, savedOf, usageOf } from "@/lib/ai/accounting"
import { resolveModel } from "@/lib/ai/catalogue/catalogue"
import type { GenerationJob, Progress } from "@/lib/generation/job"
import type { TokenUsage } from "@/lib/messages/types"
import type { ModelInfo, ModelPrice } from "@/lib/models/model.types"

interface Spending {
  usage: TokenUsage | undefined
  /** USD; undefined when the price is not known. */
  costUsd: number | undefined
}

/** Of a run that has ended. What its server didn't count is missing. */
export async function spendingOf({ model, continued }: GenerationJob, progress: Progress): Promise<Spending> {
  const counted = progress.usage && usageOf.tokens(progress.usage)
  const before = continued?.usage
  if (!counted) return { usage: before, costUsd: continued?.costUsd }
  const price = await priceOf(model, progress)
  const saved = price && savedOf(counted, price)
  const tokens = saved ? { ...counted, savedUsd: saved } : counted
  const total = before ? addUsage(before, tokens) : tokens
  // Of two runs one of which has no price, the sum has none.
  const earlier = before ? continued?.costUsd : 0
  return {
    usage: progress.finishReason === "length" ? { ...total, limit: progress.limit } : total,
    costUsd: price && earlier !== undefined ? costOf(counted, price) + earlier : undefined,
  }
}

/** Of whoever answered; null when that is not known, or when two have. */
async function priceOf(model: ModelInfo, { served }: Progress): Promise<ModelPrice | null> {
  if (!served) return model.price
  return served.whole
    ? resolveModel(served.model).then(
        ({ price }) => price,
        () => null,
      )
    : null
}
