/** One answer that a model writes from the compared ones. */
import { reservedTokens } from "@/lib/ai/output-limit"
import { evenShares, mergePrompt, type QuotedAnswer } from "@/lib/ai/prompts/merge"
import { tokensOf } from "@/lib/chat/context"
import { type Merged, readMerged } from "@/lib/chat/messages"
import { type MessageRow, messagesByIds } from "@/lib/db/messages"
import { openComparison } from "@/lib/generation/comparison"
import { AppError } from "@/lib/http/errors"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import { isUsable } from "@/lib/messages/usable"
import type { ModelInfo } from "@/lib/models/model.types"

/** Tokens for the task itself, instructions, and tools. */
const TASK_TOKENS = 2_500
/** Share of the context window to use, since token counts are estimates. */
const SHARE = 0.9

/** The answers of an open comparison to merge, excluding failed, empty, and merged ones. */
export async function answersToMerge(conversationId: string, beside: string): Promise<MessageRow[]> {
  const compared = await openComparison(conversationId, beside)
  const rows = await messagesByIds(
    conversationId,
    compared.map(({ id }) => id),
  )
  const places = new Map(compared.map(({ id }, place) => [id, place]))
  const usable = rows
    .filter(({ status, parts, merged }) => !readMerged(merged) && isUsable(status, parseParts(parts)))
    .sort((a, b) => (places.get(a.id) ?? 0) - (places.get(b.id) ?? 0))
  // While names are hidden, the note of its sources would reveal them.
  if (usable.length < 2 || usable.some(({ status, blind }) => status === "streaming" || blind))
    throw new AppError("message:not_mergeable")
  return usable
}

interface MergeOptions {
  model: ModelInfo
  settings: ChatSettings | undefined
  question: MessageParts
}

interface Merge {
  /** Stored with the answer. */
  merged: Merged
  /** Appended to the question. */
  prompt: string
}

/** The merge input for these answers: all of them in full, or as much of each as the context window holds. */
export function mergeOf(rows: MessageRow[], { model, settings, question }: MergeOptions): Merge {
  const texts = rows.map(({ parts }) => wordsOf(parseParts(parts)))
  const tokens = texts.map(estimateTokens)
  const { contextTokens } = model
  const own = estimateTokens(settings?.systemPrompt ?? "") + tokensOf({ parts: question }) + TASK_TOKENS
  const room =
    contextTokens === null
      ? Number.POSITIVE_INFINITY
      : (contextTokens - reservedTokens(model, { settings }) - own) * SHARE
  const shares = tokens.reduce((sum, count) => sum + count, 0) <= room ? tokens : evenShares(tokens, room)
  const quoted = texts.map((text, place) => beginningOf(text, tokens[place] ?? 0, shares[place] ?? 0))
  const answers = rows.map(({ id, model: by }) => ({ id, model: by ?? "" }))
  const cut = quoted.some((one) => one.cut)
  return { merged: { answers, ...(cut && { cut }) }, prompt: mergePrompt(quoted) }
}

/**
 * The same for a merged answer that is continued; answers deleted since are left out. Null: it was not merged from any.
 */
export async function mergeAgain(row: MessageRow, options: MergeOptions): Promise<string | null> {
  const { answers } = readMerged(row.merged) ?? {}
  if (!answers) return null
  const rows = await messagesByIds(
    row.conversationId,
    answers.map(({ id }) => id),
  )
  const inOrder = answers.flatMap(({ id }) => rows.find((one) => one.id === id && !one.deletedAt) ?? [])
  return inOrder.length > 0 ? mergeOf(inOrder, options).prompt : null
}

/** The turns, with the task appended to this question. */
export const withMergeTask = (turns: ChatMessage[], questionId: string, prompt: string): ChatMessage[] =>
  turns.map((turn) =>
    turn.id === questionId ? { ...turn, parts: [...turn.parts, { type: "text", text: prompt }] } : turn,
  )

const wordsOf = (parts: MessageParts): string =>
  parts.flatMap((part) => (part.type === "text" && part.text.trim() ? [part.text] : [])).join("\n\n")

function beginningOf(text: string, tokens: number, share: number): QuotedAnswer {
  if (share >= tokens) return { text, cut: false }
  return { text: text.slice(0, Math.floor((text.length * share) / tokens)).replace(/[\uD800-\uDBFF]$/, ""), cut: true }
}
