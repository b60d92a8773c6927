/** How many tokens an answer may have: `max_tokens`, which includes reasoning. */

import { config } from "@/lib/config"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { thinkingReserve } from "@/lib/models/thinking"

/** Default tokens: enough for long answers and their reasoning, while an endless one costs little. */
const DEFAULT = 32_768
/** Default if a lot of reasoning was requested. */
const DEFAULT_THINKING = 65_536
/** Default on servers that don't report a context window: many refuse more than the window. */
const DEFAULT_UNKNOWN = 8_192

/** Tokens for instructions, tool descriptions, and estimation errors. */
const UNCOUNTED = 2_000
/** Requested even if the prompt seems to fill the window: that is only an estimate, and the server knows. */
const LEAST = 256
/** Share of the window kept free for an answer without a length setting. */
const FREE_SHARE = 0.25

export interface RequestedOutput {
  settings?: ChatSettings
  /** The least reasoning is requested, and its tokens are added on top. */
  least?: boolean
}

/** The desired limit, before the prompt is known: never more than the model and the operator allow. */
function wanted(
  { contextTokens, outputTokens, efforts }: ModelInfo,
  { settings = {}, least }: RequestedOutput,
): number {
  const { limits } = config()
  const hard = settings.reasoning === "high" || settings.reasoning === "max"
  const usual = contextTokens === null ? DEFAULT_UNKNOWN : hard ? DEFAULT_THINKING : DEFAULT
  const asked = settings.maxTokens ?? limits.outputTokens ?? usual
  const most = Math.min(outputTokens ?? Number.POSITIVE_INFINITY, limits.outputTokens ?? Number.POSITIVE_INFINITY)
  return Math.min(asked + (least ? thinkingReserve(efforts) : 0), most)
}

/** Tokens of the window that the history leaves free for an answer. */
export function reservedTokens(model: ModelInfo, asked: RequestedOutput): number {
  const tokens = wanted(model, asked)
  if (asked.settings?.maxTokens !== undefined || model.contextTokens === null) return tokens
  return Math.min(tokens, Math.floor(model.contextTokens * FREE_SHARE))
}

/** `max_tokens` for a prompt of the given estimated size: the desired limit, within what the window has left. */
export function outputTokens(model: ModelInfo, asked: RequestedOutput, promptTokens: number): number {
  const tokens = wanted(model, asked)
  if (model.contextTokens === null) return tokens
  return Math.min(tokens, Math.max(model.contextTokens - promptTokens - UNCOUNTED, LEAST))
}
