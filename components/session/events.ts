/** Events that can happen to the conversation on a page. */

import type { QueuedTurn } from "@/components/session/queue"
import type { Asked, Refusal } from "@/components/session/state"
import type { Connection } from "@/components/stream/follow-answers"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage } from "@/lib/messages/types"

/** An expected answer, with its model when several are compared. */
export interface ExpectedAnswer {
  id: string
  model?: string
}

interface Events {
  /** A turn begins. `question` is the user's message; null when regenerating or continuing an answer. */
  asked: { asked: Asked; question: ChatMessage | null; answers: ExpectedAnswer[]; blind?: true }
  /** The server accepted the turn. */
  accepted: object
  /** The server refused the turn or can't be reached, or a followed answer can no longer be followed. */
  refused: Pick<Refusal, "code" | "message" | "seeing">
  /** Nothing is followed anymore; a turn the server did not accept is rolled back. */
  finished: object
  /** The page was left; the answers continue on the server. */
  left: object
  refusalDismissed: object

  /** The user asked to stop. */
  stopped: object
  /** The stop request failed. */
  stopFailed: object
  /** Another tab asked to stop at this time. */
  stopHeard: { at: number }

  /** The events of these answers are being read from now on. */
  followed: { ids: string[] }
  /** The current state of these answers. */
  grew: { answers: ChatMessage[] }
  /** Answers ended: `seen` were read to the end, `gone` ended without being read to the end. */
  ended: { seen: string[]; gone: string[] }
  connection: { connection: Connection }

  /** The conversation was reloaded. */
  read: { view: ConversationView }
  /** The messages before the first loaded one. */
  earlierRead: { view: ConversationView }
  /** Messages the server placed before this question; null when they could not be read. */
  missedRead: { view: ConversationView | null; questionId: string }
  /** A message was deleted: its replies are attached to its parent. */
  removed: { messageId: string }
  /** Another answer was requested elsewhere: the stored conversation must be read when this one ends. */
  outdated: object

  /** A compared answer is replaced by another. */
  replaced: { messageId: string; by: ChatMessage }
  /** Another answer joins the comparison. */
  added: { answer: ChatMessage }
  /** The added answer is removed: the server did not accept it. */
  unadded: { messageId: string }
  /** The answers are no longer compared. */
  comparisonLeft: object

  /** A message is queued until the answer ends. */
  waits: { turn: QueuedTurn; at: number }
  /** The queue as stored in the browser: another tab may have changed it. */
  queueRead: { turns: QueuedTurn[] }
  /** A message left the queue. */
  unqueued: { id: string }
  /** The message is for this answer's model before its next step; null: it is sent as the next message. */
  steered: { id: string; messageId: string | null }
  /** The message is sent before all others, as soon as the answer has stopped. */
  hurried: { id: string }
  /** The outcome of the turn that came first is known. */
  released: object
  /** An answer ended, and so did any stop meant for it; the due message is about to be sent. */
  settled: object
}

export type EventType = keyof Events
export type EventOf<Type extends EventType = EventType> = { [T in Type]: { type: T } & Events[T] }[Type]
export type SessionEvent = EventOf
