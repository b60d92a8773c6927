/**
 * The state of a conversation page as plain data. `reduce.ts` computes the next state, `session.ts` performs the side
 * effects.
 */
import type { Siblings } from "@/components/base/branches"
import { type Edited, isStreaming } from "@/components/base/message-content"
import type { QueuedTurn } from "@/components/session/queue"
import type { Connection } from "@/components/stream/follow-answers"
import type { ConversationView } from "@/lib/chat/conversation.types"
import { askedFor } from "@/lib/messages/asked-for"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

/** What the user has asked for. */
export type Asked =
  | { kind: "message"; turn: QueuedTurn; from: "composer" | "queue" }
  | { kind: "edit"; messageId: string; edited: Edited }
  /** Another answer beside this one, from `model` if it differs from the chat's model. */
  | { kind: "again"; messageId: string; model?: string }
  /** A version of this answer with one part changed. */
  | { kind: "change"; messageId: string; change: ChangeRequest }
  /** A version of this JSON answer in which the invalid values are generated again. */
  | { kind: "repair"; messageId: string }
  /** A continuation of an answer that broke off. Repeating the same `generationId` starts nothing. */
  | { kind: "continue"; messageId: string; generationId: string }
  | { kind: "summary" }

/** The branch shown on a page. */
export type Shown = Pick<SessionState, "messages" | "siblings" | "compared">

/** One attempt to get an answer, from the request until the answer has ended. */
export interface Attempt {
  asked: Asked
  /** The user's message; null when regenerating or continuing an answer. */
  question: ChatMessage | null
  /** Ids of the expected answers; more than one means a comparison. */
  answers: string[]
  /** What the page showed before, restored when the server refuses. */
  before: Shown
  /** The server has the turn. */
  accepted: boolean
  stopWanted: boolean
}

/** A turn the server did not accept, with the reason as a sentence. */
export interface Refusal {
  code: string
  message: string
  /** What a retry repeats; null: a retry reloads the conversation. */
  again: Asked | null
  /** Models that accept what the requested one can't. */
  seeing?: { id: string; name: string }[]
}

export interface SessionState {
  messages: ChatMessage[]
  siblings: Siblings
  /** Compared answers to the last message, in display order; none of them is in `messages`. */
  compared: ChatMessage[]
  /** The number of messages in the branch before the first one in `messages`. */
  earlier: number
  attempt: Attempt | null
  /** Ids of the answers whose events are being read. */
  following: string[]
  connection: Connection
  /** The user asked to stop, and the answer has not ended yet. */
  stopping: boolean
  /** The user stopped the current answer: anything sent from now on goes next. */
  stopped: boolean
  refusal: Refusal | null
  /** The last attempt failed: a message still marked as streaming is not. */
  broken: boolean
  /** An edit the server did not accept; it opens again with its text. */
  reopened: (Edited & { messageId: string }) | null
  /** Messages queued until the answer ends. */
  queue: QueuedTurn[]
  /** The queued message being sent: not shown as queued, and kept until it has arrived. */
  underway: QueuedTurn | null
  /** The first queued message is sent as soon as the answer has stopped. */
  urgent: boolean
  /** When a message was last queued here, in milliseconds of the clock shared by all tabs. */
  lastWait: number
  /** A message the server may have received without confirming; sending it again reuses its ids. */
  unsure: QueuedTurn | null
  /** Another turn came first and its outcome is being read: nothing is sent automatically. */
  held: boolean
  /** Consecutive times that another turn came first. */
  refusals: number
  /**
   * The stored conversation must be read: an answer ended without being followed, or another one was requested
   * elsewhere.
   */
  outdated: boolean
  /** Consecutive times that an answer could not be followed. */
  misses: number
}

/** What the page shows of a view: compared answers are kept apart from the messages. */
export const shownOf = ({ messages, compared }: ConversationView): Pick<SessionState, "messages" | "compared"> => ({
  messages: compared.length > 0 ? messages.slice(0, -1) : messages,
  compared,
})

/** The conversation as rendered by the server; null for a new one. */
export const initialState = (view: ConversationView | null): SessionState => ({
  ...(view ? shownOf(view) : { messages: [], compared: [] }),
  siblings: view?.siblings ?? {},
  earlier: view?.earlier ?? 0,
  attempt: null,
  following: [],
  connection: "open",
  stopping: false,
  stopped: false,
  refusal: null,
  broken: false,
  reopened: null,
  queue: [],
  underway: null,
  urgent: false,
  lastWait: 0,
  unsure: null,
  held: false,
  refusals: 0,
  outdated: false,
  misses: 0,
})

/** The page follows or has requested something newer than what is stored. */
export const isOccupied = ({ attempt, following }: Pick<SessionState, "attempt" | "following">): boolean =>
  attempt !== null || following.length > 0

/** A message sent now has to wait. */
export const isAnswering = (state: SessionState): boolean =>
  isOccupied(state) || state.compared.some(({ metadata }) => isStreaming(metadata))

/** An answer is being requested or written, even if a page that just loaded does not follow it yet. */
export const isBusy = (state: SessionState): boolean =>
  isAnswering(state) || (!state.broken && isStreaming(state.messages.at(-1)?.metadata))

/** The single requested answer; null when several are compared or one is being continued. */
export const awaitedAnswer = ({ attempt }: SessionState): string | null =>
  attempt && attempt.answers.length === 1 && attempt.asked.kind !== "continue" ? (attempt.answers[0] ?? null) : null

/** The request goes to the end of the conversation, wherever that is by then. */
export const isAppended = ({ kind }: Asked): boolean => kind === "message" || kind === "summary"

/**
 * The oldest queued message if it can be sent automatically now: after an answer that completed, or was stopped for it.
 */
export function dueTurn(state: SessionState): QueuedTurn | null {
  const { queue, urgent, compared, messages, held } = state
  // When answers are compared, one must be kept before anything is sent automatically.
  const last = messages.at(-1)
  // A pending tool call is the user's decision; sending the next message would deny it.
  const decided = compared.length === 0 && last?.metadata?.status === "complete" && askedFor(last.parts) === 0
  const [first = null] = queue
  // The answer shows whether the model already has the message.
  const isKnown = !first?.steers || messages.some(({ id }) => id === first.steers)
  return !isBusy(state) && !held && (urgent || (decided && isKnown)) ? first : null
}

/** Removes messages the server already has: another tab with the same queue was faster. */
export function unsent(queue: QueuedTurn[], messages: readonly ChatMessage[]): QueuedTurn[] {
  const waiting = queue.filter(({ id }) => !messages.some((message) => message.id === id))
  return waiting.length < queue.length ? waiting : queue
}

/** The answer whose model can receive a message before its next step, which follows its tool calls; null for none. */
export function steeredAnswer({ messages, compared, stopping }: SessionState): string | null {
  const last = messages.at(-1)
  if (last?.role !== "assistant" || compared.length > 0 || stopping || !isStreaming(last.metadata)) return null
  const step = last.parts.slice(last.parts.findLastIndex(({ type }) => type === "step-start") + 1)
  return step.some((part) => "toolCallId" in part) ? last.id : null
}

/**
 * Why a message can't be sent at the next step of an answer; null when it can. Attachments are adapted to a model and
 * may need a different one; an output schema or a comparison needs a question of its own.
 */
export function waitsFor({ images, documents, files, output, compare }: QueuedTurn) {
  if (images.length + documents.length + files.length > 0) return "attachments"
  if (output) return "output"
  return compare ? "compare" : null
}

/** Ids of the answers that are being written but not followed yet. */
export function unfollowedAnswerIds({ compared, messages, following }: SessionState): string[] {
  const last = compared.length > 0 ? compared : messages.slice(-1)
  return last.filter(({ id, metadata }) => isStreaming(metadata) && !following.includes(id)).map(({ id }) => id)
}

/** Whether to show a view that was read; anything this page started since is newer. */
export function shouldApplyView(state: SessionState, view: ConversationView): boolean {
  if (!isOccupied(state)) return true
  // Compared answers that are being followed keep their local state.
  return state.attempt?.accepted !== false && state.compared.length > 0 && view.compared.length > 0
}

/** How to react to news of an answer: read it now, read it when this page is done, or ignore it. */
export function newsOf(state: SessionState, answer: { messageId: string; status: string }): "read" | "later" | "known" {
  const { messages, compared, following, attempt } = state
  const here = compared.length > 0 ? compared.find(({ id }) => id === answer.messageId) : messages.at(-1)
  // Another tab may have approved some of several pending calls, which does not change the status.
  const isSame = here?.id === answer.messageId && here.metadata?.status === answer.status && askedFor(here.parts) === 0
  if (compared.length > 0) return isSame || attempt || following.includes(answer.messageId) ? "known" : "read"
  if (!isOccupied(state)) return isSame ? "known" : "read"
  const isOurs = answer.messageId === here?.id || attempt?.answers.includes(answer.messageId)
  return isOurs ? "known" : "later"
}
