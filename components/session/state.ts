/** What the page of a conversation knows: plain data. `reduce.ts` makes the next of it, `session.ts` does what follows. */
import type { Siblings } from "@/components/base/branches"
import { type Edited, isStreaming } from "@/components/base/message-content"
import type { QueuedTurn } from "@/components/session/queue"
import type { Connection } from "@/components/stream/follow-answers"
import type { ConversationView } from "@/lib/chat/conversation.types"
import { askedFor } from "@/lib/messages/asked-for"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { ChatMessage } from "@/lib/messages/types"

/** What a person has asked for. */
export type Asked =
  | { kind: "message"; turn: QueuedTurn; from: "composer" | "queue" }
  | { kind: "edit"; messageId: string; edited: Edited }
  /** Another answer beside this one, of this model where it is another one than the chat's. */
  | { kind: "again"; messageId: string; model?: string }
  /** A version of this answer in which a part is another. */
  | { kind: "change"; messageId: string; change: ChangeRequest }
  /** A version of this answer in JSON whose wrong values are asked for again. */
  | { kind: "repair"; messageId: string }
  /** More of an answer that broke off. The same `generationId` again starts nothing. */
  | { kind: "continue"; messageId: string; generationId: string }
  | { kind: "summary" }

/** The branch that a page shows. */
export type Shown = Pick<SessionState, "messages" | "siblings" | "compared">

/** One try to get an answer, from the moment it is asked for until the answer has ended. */
export interface Attempt {
  asked: Asked
  /** What the person says; null where an answer is asked for again or goes on. */
  question: ChatMessage | null
  /** Ids of the answers to come; more than one are compared. */
  answers: string[]
  /** What the page showed before, for when the server refuses. */
  before: Shown
  /** The server has it. */
  accepted: boolean
  stopWanted: boolean
}

/** A turn that the server did not take, with the sentence why. */
export interface Refusal {
  code: string
  message: string
  /** What is asked for once more by another try; null: the conversation is read anew. */
  again: Asked | null
  /** Models that can take what the one that was asked can't. */
  seeing?: { id: string; name: string }[]
}

export interface SessionState {
  messages: ChatMessage[]
  siblings: Siblings
  /** Answers to the last message that are compared, by their places; none is among `messages` then. */
  compared: ChatMessage[]
  /** Messages of the branch before the first of these. */
  earlier: number
  attempt: Attempt | null
  /** Ids of the answers whose events are being read. */
  following: string[]
  connection: Connection
  /** The person asked to stop, and the answer has not ended yet. */
  stopping: boolean
  /** The person wants no more of the answer that is being written: what is sent from now on is to be next. */
  stopped: boolean
  refusal: Refusal | null
  /** The last try failed: what still says that it is being written is not. */
  broken: boolean
  /** An edit that the server did not take: it opens again with its text. */
  reopened: (Edited & { messageId: string }) | null
  /** Messages that wait for the end of the answer. */
  queue: QueuedTurn[]
  /** One of them on its way to the server: does not show as waiting, and is kept until it has arrived. */
  underway: QueuedTurn | null
  /** The first message that waits goes as soon as the answer has stopped. */
  urgent: boolean
  /** When a message was last made to wait here, in milliseconds of the clock that all tabs share. */
  lastWait: number
  /** A message that the server may have without having said so: sent again, it goes by the same ids. */
  unsure: QueuedTurn | null
  /** Another turn was first, and what became of it is being read: nothing goes by itself. */
  held: boolean
  /** Times in a row that another turn was first. */
  refusals: number
  /** What is stored has to be read: an answer ended out of sight, or another one was asked for elsewhere. */
  outdated: boolean
  /** Times in a row that an answer was not there to be followed. */
  misses: number
}

/** What the page shows of a view: answers that are compared stand beside the messages. */
export const shownOf = ({ messages, compared }: ConversationView): Pick<SessionState, "messages" | "compared"> => ({
  messages: compared.length > 0 ? messages.slice(0, -1) : messages,
  compared,
})

/** The page of a conversation as the server drew it; of a new one for null. */
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

/** What this page follows or has asked for is newer than what is stored. */
export const isOccupied = ({ attempt, following }: Pick<SessionState, "attempt" | "following">): boolean =>
  attempt !== null || following.length > 0

/** A message that is sent now has to wait. */
export const isAnswering = (state: SessionState): boolean =>
  isOccupied(state) || state.compared.some(({ metadata }) => isStreaming(metadata))

/** An answer is being asked for or written, perhaps not followed yet, by a page that has just come. */
export const isBusy = (state: SessionState): boolean =>
  isAnswering(state) || (!state.broken && isStreaming(state.messages.at(-1)?.metadata))

/** The one answer that was asked for; null where several are compared, or one goes on. */
export const awaitedAnswer = ({ attempt }: SessionState): string | null =>
  attempt && attempt.answers.length === 1 && attempt.asked.kind !== "continue" ? (attempt.answers[0] ?? null) : null

/** What is asked goes to the end of the conversation, wherever that is by then. */
export const isAppended = ({ kind }: Asked): boolean => kind === "message" || kind === "summary"

/** The message that waits longest, when it goes by itself now: after an answer that came to its end, or was stopped for it. */
export function dueTurn(state: SessionState): QueuedTurn | null {
  const { queue, urgent, compared, messages, held } = state
  // Of answers that are compared, one has to be kept before anything goes by itself.
  const last = messages.at(-1)
  // A call that waits for the person is theirs to decide: what follows would refuse it.
  const decided = compared.length === 0 && last?.metadata?.status === "complete" && askedFor(last.parts) === 0
  const [first = null] = queue
  // Whether the model has it already, its answer says.
  const isKnown = !first?.steers || messages.some(({ id }) => id === first.steers)
  return !isBusy(state) && !held && (urgent || (decided && isKnown)) ? first : null
}

/** Without those that the server has: another tab, which keeps the same queue, was faster. */
export function unsent(queue: QueuedTurn[], messages: readonly ChatMessage[]): QueuedTurn[] {
  const waiting = queue.filter(({ id }) => !messages.some((message) => message.id === id))
  return waiting.length < queue.length ? waiting : queue
}

/** The answer whose model can be given a message before its next step, which follows the tools that it calls; null for none. */
export function steeredAnswer({ messages, compared, stopping }: SessionState): string | null {
  const last = messages.at(-1)
  if (last?.role !== "assistant" || compared.length > 0 || stopping || !isStreaming(last.metadata)) return null
  const step = last.parts.slice(last.parts.findLastIndex(({ type }) => type === "step-start") + 1)
  return step.some((part) => "toolCallId" in part) ? last.id : null
}

/**
 * Why a message can't go at the next step of an answer; null: it can. Attachments are fitted to a model, and may need another
 * one; a shape is asked for, and several models are asked, by a question of its own.
 */
export function waitsFor({ images, documents, files, output, compare }: QueuedTurn) {
  if (images.length + documents.length + files.length > 0) return "attachments"
  if (output) return "output"
  return compare ? "compare" : null
}

/** Ids of the answers that are being written and not followed yet. */
export function unfollowed({ compared, messages, following }: SessionState): string[] {
  const last = compared.length > 0 ? compared : messages.slice(-1)
  return last.filter(({ id, metadata }) => isStreaming(metadata) && !following.includes(id)).map(({ id }) => id)
}

/** What is shown of a conversation that was read gives way to what was begun here meanwhile, which is newer. */
export function takesView(state: SessionState, view: ConversationView): boolean {
  if (!isOccupied(state)) return true
  // Of answers that are compared those that are followed stay as they are here.
  return state.attempt?.accepted !== false && state.compared.length > 0 && view.compared.length > 0
}

/** What news of an answer ask for: reading it now, when this page is done, or not at all. */
export function newsOf(state: SessionState, answer: { messageId: string; status: string }): "read" | "later" | "known" {
  const { messages, compared, following, attempt } = state
  const here = compared.length > 0 ? compared.find(({ id }) => id === answer.messageId) : messages.at(-1)
  // Of calls that wait another tab may have answered some, which changes no status.
  const isSame = here?.id === answer.messageId && here.metadata?.status === answer.status && askedFor(here.parts) === 0
  if (compared.length > 0) return isSame || attempt || following.includes(answer.messageId) ? "known" : "read"
  if (!isOccupied(state)) return isSame ? "known" : "read"
  const isOurs = answer.messageId === here?.id || attempt?.answers.includes(answer.messageId)
  return isOurs ? "known" : "later"
}
