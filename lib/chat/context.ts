/**
 * The part of a conversation that a model is shown: from the last summary on, as many of the newest turns as fit into
 * its context window. Pure.
 */
import { imageTokens } from "@/lib/images/tokens"
import { quoteFile } from "@/lib/messages/attached-text"
import { hasContent } from "@/lib/messages/content"
import { imageFactsOf } from "@/lib/messages/image-facts"
import type { MessageParts } from "@/lib/messages/parts"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage } from "@/lib/messages/types"

/** Tokens of the reference to a document, whose text is counted separately, at the front. */
const TOKENS_A_REFERENCE = 40
/** Tokens of a message in addition to its text. */
const TOKENS_A_MESSAGE = 6
/** Space for instructions and tool descriptions. */
const RESERVED_TOKENS = 2_000
/** Largest share of a window reserved for the answer. */
const ANSWER_SHARE = 0.5

/** Estimated tokens of a message as shown to a model. Its reasoning is not shown again. */
export const tokensOf = ({ parts }: Pick<ChatMessage, "parts">): number =>
  parts.reduce((sum, part) => {
    if (part.type === "text") return sum + estimateTokens(part.text)
    if (part.type === "data-steer") return sum + TOKENS_A_MESSAGE + estimateTokens(part.data.text)
    if (part.type === "file") return sum + tokensOfImage(part)
    if (part.type === "data-document") return sum + TOKENS_A_REFERENCE
    if (part.type === "data-text-file") return sum + estimateTokens(quoteFile(part.data))
    if ("toolCallId" in part) return sum + estimateTokens(JSON.stringify([part.input, part.output ?? part.errorText]))
    return sum
  }, TOKENS_A_MESSAGE)

function tokensOfImage(part: Extract<MessageParts[number], { type: "file" }>): number {
  const { width, height, detail } = imageFactsOf(part)
  return imageTokens(width && height ? { width, height } : null, detail)
}

const asksForSummary = (parts: MessageParts): boolean => parts.some(({ type }) => type === "data-summary")

/**
 * The turns after the newest summary, with the summary prepended to the first of them. A summary that was only
 * requested, or failed, doesn't count.
 */
export function turnsSinceSummary(turns: ChatMessage[]): ChatMessage[] {
  const place = turns.findLastIndex(
    ({ role, parts }, index) =>
      role === "assistant" &&
      index < turns.length - 1 &&
      hasContent(parts) &&
      asksForSummary(turns[index - 1]?.parts ?? []),
  )
  const summary = turns[place]
  const next = turns[place + 1]
  if (!summary || !next) return turns
  const text = summary.parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n")
  const quoted = { type: "text" as const, text: `Summary of our conversation so far:\n\n${text}\n\n---\n\n` }
  return [{ ...next, parts: [quoted, ...next.parts] }, ...turns.slice(place + 2)]
}

export interface Fit {
  turns: ChatMessage[]
  /** Messages at the beginning that the model doesn't get. */
  leftOut: number
  /** Estimated tokens of the messages it gets. */
  tokens: number
}

/**
 * As many of the newest turns as fit into `windowTokens` (null: unknown, all fit) together with an answer of at most
 * `answerTokens`. Always includes the last message, and starts with a user message.
 */
export function fitTurns(turns: ChatMessage[], windowTokens: number | null, answerTokens: number): Fit {
  const room =
    windowTokens === null
      ? Number.POSITIVE_INFINITY
      : windowTokens - Math.min(answerTokens, windowTokens * ANSWER_SHARE) - RESERVED_TOKENS
  let tokens = 0
  let fits = { from: turns.length, tokens: 0 }
  for (let from = turns.length - 1; from >= 0; from--) {
    const turn = turns[from]
    if (!turn) break
    const all = tokens + tokensOf(turn)
    const last = from === turns.length - 1
    if (!last && all > room) break
    tokens = all
    if (turn.role === "user" || last) fits = { from, tokens }
  }
  return { turns: turns.slice(fits.from), leftOut: fits.from, tokens: fits.tokens }
}
