/** What the server says about a person's conversations. Safe to import on both sides. */
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
  /** An answer ended while nobody was looking. */
  unseen: boolean
  /** Stands before all others. */
  pinned: boolean
  /** Out of the way, until something is said in it again. */
  archived: boolean
  /** Where it stands when it is neither pinned nor archived; null: in the list by date. */
  folderId: string | null
  /** By name. */
  tags: string[]
}

/** What happened to one of a person's conversations, in whichever tab or process. */
export interface ConversationEvent {
  id: string
  /** Null: it was deleted. */
  conversation: ConversationSummary | null
  /** The answer that begins or ended with this event. */
  answer?: { messageId: string; status: MessageStatus }
  /** They are others from now on. */
  settings?: ChatSettings
  /** Of answers that were compared, the one that was kept. */
  kept?: string
  /** A message of it was deleted, or brought back. */
  message?: { id: string; deleted: boolean }
  /** The change of an answer was taken, or left. */
  changed?: string
  /** Something was said of answers that are compared, or they are compared again. */
  compared?: true
}

/** A line of `GET /api/events`: one conversation, many that were changed at once, folders or models that are others now, a grid, an eval. */
export type ListEvent =
  | ConversationEvent
  | { changes: ConversationEvent[] }
  | { outline: true }
  | { models: true }
  | { grid: GridNews }
  | { eval: EvalNews }

/** `GET /api/conversations/{id}/context?model=`: what the model is shown with the next question, estimated. */
export interface ConversationContext {
  /** Tokens of what is shown, and of everything on the branch. */
  tokens: number
  allTokens: number
  /** Null: the model's window is not known. */
  windowTokens: number | null
  /** Messages at the beginning that are not shown: they don't fit, or a summary stands for them. */
  leftOut: number
  summarized: boolean
}

/** `GET /api/conversations/{id}/totals`: what all answers of a conversation used, those of other branches too. */
export interface ConversationTotals {
  /** Answers that have ended, stopped ones too; without those that failed before their first word. */
  answers: number
  /** Those of them that the shown branch does not have: other versions, and what followed them. */
  hidden: number
  /** Those of which the server told no tokens. */
  uncounted: number
  usage: TokenUsage
  /** USD, of the answers whose price is known. */
  costUsd: number
  /** Answers that used tokens and whose price is not known. */
  unpriced: number
}

/** The branch that is shown, from the root to the active leaf. */
export interface ConversationView {
  conversation: ConversationSummary
  /** Of the last question, for the next one. */
  settings: ChatSettings
  messages: ChatMessage[]
  /** For each shown message that has siblings: the ids of all of them, oldest first. */
  siblings: Record<string, string[]>
  /** Messages of the branch before these. */
  earlier: number
  /** The last of these messages is one of answers that are compared: all of them, by their places. Else none. */
  compared: ChatMessage[]
}
