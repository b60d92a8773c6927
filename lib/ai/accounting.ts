/** Tokens and what they cost. */
import type { LanguageModelUsage } from "ai"
import type { TokenUsage } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"

const plus = (a: number | undefined, b: number | undefined) =>
  a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0)

export const usageOf = {
  /** Sum of two steps. */
  add: (a: LanguageModelUsage, b: LanguageModelUsage): LanguageModelUsage => ({
    inputTokens: plus(a.inputTokens, b.inputTokens),
    outputTokens: plus(a.outputTokens, b.outputTokens),
    totalTokens: plus(a.totalTokens, b.totalTokens),
    inputTokenDetails: {
      noCacheTokens: plus(a.inputTokenDetails.noCacheTokens, b.inputTokenDetails.noCacheTokens),
      cacheReadTokens: plus(a.inputTokenDetails.cacheReadTokens, b.inputTokenDetails.cacheReadTokens),
      cacheWriteTokens: plus(a.inputTokenDetails.cacheWriteTokens, b.inputTokenDetails.cacheWriteTokens),
    },
    outputTokenDetails: {
      textTokens: plus(a.outputTokenDetails.textTokens, b.outputTokenDetails.textTokens),
      reasoningTokens: plus(a.outputTokenDetails.reasoningTokens, b.outputTokenDetails.reasoningTokens),
    },
  }),
  /** In the form stored with a message; undefined if the server sent none. */
  tokens: (usage: LanguageModelUsage): TokenUsage | undefined => {
    const { inputTokens, outputTokens, inputTokenDetails, outputTokenDetails } = usage
    if (inputTokens === undefined || outputTokens === undefined) return undefined
    return {
      input: inputTokens,
      output: outputTokens,
      ...(inputTokenDetails.cacheReadTokens ? { cachedInput: inputTokenDetails.cacheReadTokens } : {}),
      ...(outputTokenDetails.reasoningTokens ? { reasoning: outputTokenDetails.reasoningTokens } : {}),
    }
  },
}

/** Sum of two answers, or of two runs of one. A limit belongs to a single answer and run. */
export const addUsage = (a: TokenUsage, b: TokenUsage): TokenUsage => ({
  input: a.input + b.input,
  output: a.output + b.output,
  ...(a.cachedInput || b.cachedInput ? { cachedInput: (a.cachedInput ?? 0) + (b.cachedInput ?? 0) } : {}),
  ...(a.reasoning || b.reasoning ? { reasoning: (a.reasoning ?? 0) + (b.reasoning ?? 0) } : {}),
  ...(a.savedUsd || b.savedUsd ? { savedUsd: (a.savedUsd ?? 0) + (b.savedUsd ?? 0) } : {}),
})

/** USD. Cached tokens are part of the input and have their own price; reasoning is part of the output. */
export function costOf(tokens: TokenUsage, price: NonNullable<ModelInfo["price"]>): number {
  const cached = cachedOf(tokens)
  return ((tokens.input - cached) * price.input + cached * price.cachedInput + tokens.output * price.output) / 1_000_000
}

/** USD saved by cached tokens, compared with the full input price. */
export const cacheSavingsUsd = (tokens: TokenUsage, price: NonNullable<ModelInfo["price"]>): number =>
  (cachedOf(tokens) * Math.max(price.input - price.cachedInput, 0)) / 1_000_000

const cachedOf = ({ input, cachedInput = 0 }: TokenUsage): number => Math.min(cachedInput, input)
