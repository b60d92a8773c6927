/** What an answer used and cost, including its earlier runs. */
import { addUsage, cacheSavingsUsd, costOf, usageOf } from "@/lib/ai/accounting"
import type { Usage } from "@/lib/db/quota"
import type { GenerationJob, Progress } from "@/lib/generation/job"
import type { MessageParts } from "@/lib/messages/parts"
import { estimateTokens } from "@/lib/messages/tokens"
import type { TokenUsage } from "@/lib/messages/types"
import type { ModelInfo, ModelPrice } from "@/lib/models/model.types"
import { countSpending } from "@/lib/observe/meters"
import { modelOf } from "@/lib/own-key/payer"

interface Spending {
  usage: TokenUsage | undefined
  /** USD; undefined when the price is unknown. */
  costUsd: number | undefined
}

/**
 * What this run alone used, for the user's daily quota. If it broke off before the server reported usage, it is
 * estimated from what was sent and received; otherwise stopping each answer just before its end would be free.
 */
export async function usageOfRun(
  { userId, model, continued }: GenerationJob,
  progress: Progress,
  written: MessageParts,
): Promise<Usage> {
  const counted = progress.usage && usageOf.tokens(progress.usage)
  const tokens = counted ?? estimated(progress, written, continued?.open?.base ?? "")
  const price = progress.ownKey ? null : await priceOf(userId, model, progress)
  const costUsd = price ? costOf(tokens, price) : 0
  countSpending({ ...tokens, costUsd, ownKey: progress.ownKey === true })
  return {
    ...{ userId, model: progress.served?.whole ? progress.served.model : model.id, answers: 1 },
    ...{ inputTokens: tokens.input, outputTokens: tokens.output, costUsd },
  }
}

function estimated({ firstTokenAt, asked }: Progress, written: MessageParts, before: string): TokenUsage {
  if (firstTokenAt === null) return { input: 0, output: 0 }
  const text = written.map((part) => (part.type === "text" || part.type === "reasoning" ? part.text : "")).join("")
  return { input: asked, output: estimateTokens(text.slice(before.length)) }
}

/** For a run that has ended. Usage the server didn't report is missing. */
export async function spendingOf({ model, continued, userId }: GenerationJob, progress: Progress): Promise<Spending> {
  const counted = progress.usage && usageOf.tokens(progress.usage)
  const before = continued?.usage
  if (!counted) return { usage: before, costUsd: continued?.costUsd }
  const price = await priceOf(userId, model, progress)
  const saved = price && cacheSavingsUsd(counted, price)
  const tokens = saved ? { ...counted, savedUsd: saved } : counted
  const total = paidBy(progress, before ? addUsage(before, tokens) : tokens, before)
  // If one of two runs has no price, neither has the sum.
  const earlier = before ? continued?.costUsd : 0
  return {
    usage: progress.finishReason === "length" ? { ...total, limit: progress.limit } : total,
    costUsd: price && earlier !== undefined ? costOf(counted, price) + earlier : undefined,
  }
}

/** For an answer written in two runs: paid with the user's own key only if both were. */
function paidBy({ ownKey }: Progress, total: TokenUsage, before: TokenUsage | undefined): TokenUsage {
  return ownKey && (!before || before.ownKey) ? { ...total, ownKey } : total
}

/** Price of the model that answered; null when it is unknown, or when two models answered. */
async function priceOf(userId: string, model: ModelInfo, { served }: Progress): Promise<ModelPrice | null> {
  if (!served) return model.price
  return served.whole
    ? modelOf(userId, served.model).then(
        ({ price }) => price,
        () => null,
      )
    : null
}
