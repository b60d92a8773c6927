/** Token counts: of a prompt and a reply, of what was cached, and where `max_tokens` and `stop` cut. */
import { createHash } from "node:crypto"
import type { Usage } from "@/lib/demo/protocol/stream"
import { countTokens, toTokens } from "@/lib/demo/protocol/tokens"
import { type CompletionRequest, imagesOf, type Reply, textOf, type WireMessage } from "@/lib/demo/protocol/wire"

const DEFAULT_MAX_TOKENS = 2_048
const TOKENS_OF_AN_IMAGE = 1_000
/** Conversations, and messages of each, whose prefix is remembered. */
const MAX_CONVERSATIONS = 1_000
const MAX_MESSAGES = 1_000

export const tokensOf = (message: WireMessage): number =>
  countTokens(textOf(message)) +
  imagesOf(message).length * TOKENS_OF_AN_IMAGE +
  (message.tool_calls ?? []).reduce((sum, { function: call }) => sum + countTokens(call.name + call.arguments), 0)

/** Remembers the last prompt of each `prompt_cache_key` as a digest and a length per message, never its words. */
export class PrefixMemory {
  private readonly prompts = new Map<string, { digest: string; tokens: number }[]>()

  /** Tokens of the leading messages that equal those of the previous prompt, including images. */
  cachedTokens(messages: WireMessage[], key: string | null | undefined): number {
    if (!key) return 0
    const before = this.prompts.get(key) ?? []
    const now = messages.slice(0, MAX_MESSAGES).map((message) => ({
      digest: createHash("sha256").update(JSON.stringify(message)).digest("base64url"),
      tokens: tokensOf(message),
    }))
    this.prompts.delete(key)
    this.prompts.set(key, now)
    const [oldest] = this.prompts.keys()
    if (this.prompts.size > MAX_CONVERSATIONS && oldest !== undefined) this.prompts.delete(oldest)
    const differs = now.findIndex(({ digest }, at) => digest !== before[at]?.digest)
    return now.slice(0, differs < 0 ? now.length : differs).reduce((sum, { tokens }) => sum + tokens, 0)
  }
}

/**
 * Cuts at `max_tokens`, counting reasoning first, and before a stop sequence. Arguments of a call may be cut as well.
 */
export function limit(reply: Reply, request: CompletionRequest): { reply: Reply; finishReason: string } {
  const { max_tokens: maxTokens, max_completion_tokens: other, stop } = request
  const most = maxTokens ?? other ?? DEFAULT_MAX_TOKENS
  const stops = typeof stop === "string" ? [stop] : (stop ?? [])
  const whole = reply.text ?? ""
  const ends = stops.map((sequence) => (sequence ? whole.indexOf(sequence) : -1)).filter((at) => at >= 0)
  const text = ends.length > 0 ? whole.slice(0, Math.min(...ends)) : whole
  const thinking = toTokens(reply.reasoning ?? "")
  let left = most - thinking.length
  const reasoning = thinking.slice(0, most).join("") || undefined
  if (reply.calls) {
    const calls: NonNullable<Reply["calls"]> = []
    for (const call of reply.calls) {
      if (left <= 0) return { reply: { reasoning, calls }, finishReason: "length" }
      const tokens = toTokens(call.arguments)
      calls.push({ ...call, arguments: tokens.slice(0, left).join("") })
      left -= tokens.length
    }
    return { reply: { reasoning, calls }, finishReason: left < 0 ? "length" : "tool_calls" }
  }
  const tokens = toTokens(text)
  if (tokens.length <= left) return { reply: { ...reply, text }, finishReason: "stop" }
  return { reply: { reasoning, text: tokens.slice(0, Math.max(0, left)).join("") }, finishReason: "length" }
}

export function usageOf({ reasoning = "", text = "", calls = [] }: Reply, promptTokens: number, cached: number): Usage {
  const thought = countTokens(reasoning)
  const completion =
    thought + countTokens(text) + calls.reduce((sum, call) => sum + countTokens(call.name + call.arguments), 0)
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completion,
    total_tokens: promptTokens + completion,
    prompt_tokens_details: { cached_tokens: cached },
    ...(thought > 0 ? { completion_tokens_details: { reasoning_tokens: thought } } : {}),
  }
}
