/** How many tokens an answer may have: `max_tokens`, which thinking shares. */

import { config } from "@/lib/config"
import type { ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { thinkingReserve } from "@/lib/models/thinking"

/** Tokens where nobody chose: long answers and their thinking fit, and one that never ends costs little. */
const DEFAULT = 32_768
/** The same when much thinking was asked for. */
const DEFAULT_THINKING = 65_536
/** The same on servers that don't say how much a model holds: many refuse what is more than its window. */
const DEFAULT_UNKNOWN = 8_192

/** Tokens for instructions, descriptions of tools, and what an estimate may be wrong by. */
const UNCOUNTED = 2_000
/** Even a prompt that seems to fill the window is asked for so many: it was estimated, and the server knows. */
const LEAST = 256
/** Of a window, what is kept free for an answer of which nobody said how long it may be. */
const FREE_SHARE = 0.25

export interface OutputAsked {
  settings?: ChatSettings
  /** The least thinking is asked for, and its tokens come on top. */
  least?: boolean
}

/** What is wanted, before the prompt is known: never more than the model gives and the operator allows. */
function wanted({ contextTokens, outputTokens, efforts }: ModelInfo, { settings = {}, least }: OutputAsked): number {
  const { limits } = config()
  const hard = settings.reasoning === "high" || settings.reasoning === "max"
  const usual = contextTokens === null ? DEFAULT_UNKNOWN : hard ? DEFAULT_THINKING : DEFAULT
  const asked = settings.maxTokens ?? limits.outputTokens ?? usual
  const most = Math.min(outputTokens ?? Number.POSITIVE_INFINITY, limits.outputTokens ?? Number.POSITIVE_INFINITY)
  return Math.min(asked + (least ? thinkingReserve(efforts) : 0), most)
}

/** Tokens of the window that history leaves free for an answer. */
export function reservedTokens(model: ModelInfo, asked: OutputAsked): number {
  const tokens = wanted(model, asked)
  if (asked.settings?.maxTokens !== undefined || model.contextTokens === null) return tokens
  return Math.min(tokens, Math.floor(model.contextTokens * FREE_SHARE))
}

/** `max_tokens` for a prompt of so many tokens, estimated: what is wanted, within what the window has left. */
export function outputTokens(model: ModelInfo, asked: OutputAsked, promptTokens: number): number {
  const tokens = wanted(model, asked)
  if (model.contextTokens === null) return tokens
  return Math.min(tokens, Math.max(model.contextTokens - promptTokens - UNCOUNTED, LEAST))
}
