/** What can happen to the conversation of a page. */

import type { QueuedTurn } from "@/components/session/queue"
import type { Asked, Refusal } from "@/components/session/state"
import type { Connection } from "@/components/stream/follow-answers"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage } from "@/lib/messages/types"

/** An answer to come, and the model that is asked where several are compared. */
export interface AnswerToCome {
  id: string
  model?: string
}

interface Events {
  /** A turn begins. `question` is what the person says; null where an answer is asked for again or goes on. */
  asked: { asked: Asked; question: ChatMessage | null; answers: AnswerToCome[]; blind?: true }
  /** The server has it. */
  accepted: object
  /** The server refused it, can't be reached, or what was followed can't be followed any more. */
  refused: Pick<Refusal, "code" | "message" | "seeing">
  /** Nothing is followed any more; a turn that the server did not get is taken back. */
  finished: object
  /** The page is left: the answers go on at the server. */
  left: object
  refusalDismissed: object

  /** The person asked to stop. */
  stopped: object
  /** The server could not be told. */
  stopFailed: object
  /** At this time another tab asked to stop. */
  stopHeard: { at: number }

  /** The events of these answers are read from now on. */
  followed: { ids: string[] }
  /** Answers as they are now. */
  grew: { answers: ChatMessage[] }
  /** Answers ended: some seen to their end, some out of sight. */
  ended: { seen: string[]; gone: string[] }
  connection: { connection: Connection }

  /** The conversation was read anew. */
  read: { view: ConversationView }
  /** The messages before the first that was here. */
  earlierRead: { view: ConversationView }
  /** What the server has put before this question; null: it could not be read. */
  missedRead: { view: ConversationView | null; questionId: string }
  /** A message is deleted: what follows it follows what it followed. */
  removed: { messageId: string }
  /** Another answer was asked for elsewhere: what is stored has to be read when this one has ended. */
  outdated: object

  /** In the place of an answer that is compared stands another one. */
  replaced: { messageId: string; by: ChatMessage }
  /** One more answer is compared with the others. */
  added: { answer: ChatMessage }
  /** It is not: the server did not take it. */
  unadded: { messageId: string }
  /** The answers are compared no longer. */
  comparisonLeft: object

  /** A message waits for the end of the answer. */
  waits: { turn: QueuedTurn; at: number }
  /** What waits, as it is kept in the browser: another tab may have changed it. */
  queueRead: { turns: QueuedTurn[] }
  /** It waits no longer. */
  unqueued: { id: string }
  /** It is for the model of this answer, before its next step; null: it is the next message. */
  steered: { id: string; messageId: string | null }
  /** It goes before all others, as soon as the answer has stopped. */
  hurried: { id: string }
  /** What has become of the turn that was first is known. */
  released: object
  /** An answer has ended, and with it what a stop was meant for; the message that is due is about to go. */
  settled: object
}

export type EventType = keyof Events
export type EventOf<Type extends EventType = EventType> = { [T in Type]: { type: T } & Events[T] }[Type]
export type SessionEvent = EventOf
