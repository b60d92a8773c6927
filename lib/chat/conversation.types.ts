/** Types of what the server says about a user's conversations. Safe to import on both sides. */
import type { EvalNews } from "@/lib/evals/contract/eval"
import type { GridNews } from "@/lib/grids/contract/grid"
import type { ChatMessage, ChatSettings, MessageStatus, TokenUsage } from "@/lib/messages/types"

export interface ConversationSummary {
  id: string
  title: string
  model: string | null
  createdAt: string
  updatedAt: string
  /** An answer is being written. */
  running: boolean
  /** An answer ended while no page showed it. */
  unseen: boolean
  /** Listed before all others. */
  pinned: boolean
  /** Archived until it gets a new message. */
  archived: boolean
  /** Its place if it is neither pinned nor archived; null: in the list by date. */
  folderId: string | null
  /** Sorted by name. */
  tags: string[]
}

/** A change of one of a user's conversations, made in any tab or process. */
export interface ConversationEvent {
  id: string
  /** Null: it was deleted. */
  conversation: ConversationSummary | null
  /** The answer that starts or ended with this event. */
  answer?: { messageId: string; status: MessageStatus }
  /** The settings, if they have changed. */
  settings?: ChatSettings
  /** The answer that was kept from a comparison. */
  kept?: string
  /** A message of it was deleted or restored. */
  message?: { id: string; deleted: boolean }
  /** The change of an answer was accepted or discarded. */
  changed?: string
  /** A verdict on compared answers was given, or their comparison was reopened. */
  compared?: true
}

/**
 * A line of `GET /api/events`: a change of one conversation, of many at once, of the folders or models, of a grid, or
 * of an eval.
 */
export type ListEvent =
  | ConversationEvent
  | { changes: ConversationEvent[] }
  | { outline: true }
  | { models: true }
  | { grid: GridNews }
  | { eval: EvalNews }

/** `GET /api/conversations/{id}/context?model=`: an estimate of what the model gets with the next question. */
export interface ConversationContext {
  /** Tokens of what the model gets, and of the whole branch. */
  tokens: number
  allTokens: number
  /** Null: the model's context window is unknown. */
  windowTokens: number | null
  /** Messages at the beginning that the model doesn't get: they don't fit, or a summary replaces them. */
  leftOut: number
  summarized: boolean
}

/** `GET /api/conversations/{id}/totals`: usage of all answers of a conversation, including other branches. */
export interface ConversationTotals {
  /** Answers that have ended, including stopped ones, but not those that failed before their first word. */
  answers: number
  /** Those not on the shown branch: other versions, and what follows them. */
  hidden: number
  /** Those for which the server reported no tokens. */
  uncounted: number
  usage: TokenUsage
  /** USD, of the answers with a known price. */
  costUsd: number
  /** Answers that used tokens but have no known price. */
  unpriced: number
}

/** The shown branch, from the root to the active leaf. */
export interface ConversationView {
  conversation: ConversationSummary
  /** Of the last question, as the default for the next one. */
  settings: ChatSettings
  messages: ChatMessage[]
  /** For each shown message with siblings: the IDs of all of them, oldest first. */
  siblings: Record<string, string[]>
  /** Number of messages of the branch before these. */
  earlier: number
  /** If the last of these messages is being compared: all compared answers, by place. Otherwise empty. */
  compared: ChatMessage[]
}
