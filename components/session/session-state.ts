/** What a conversation's page shows, and who is told when it changes. */
import type { Chat } from "@ai-sdk/react"
import type { ChatStatus } from "ai"
import type { Siblings } from "@/components/base/branches"
import { type Edited, isStreaming } from "@/components/base/message-content"
import type { PageStorage } from "@/components/base/storage"
import type { DraftStore } from "@/components/draft/draft"
import type { LiveChat } from "@/components/session/engine"
import type { QueuedTurn } from "@/components/session/queue"
import type { TurnOptions } from "@/components/stream/chat-request"
import type { Connection } from "@/components/stream/follow-answer"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ChatMessage } from "@/lib/messages/types"

/** A turn that the server did not take, with the sentence why. */
export interface Refusal {
  code: string
  message: string
  retry: () => void
}

/** The AI SDK's chat, once it has been fetched, and the component that tells what it holds. */
export interface Engine {
  chat: Chat<ChatMessage>
  LiveChat: typeof LiveChat
}

export interface SessionState {
  messages: ChatMessage[]
  status: ChatStatus
  engine: Engine | null
  siblings: Siblings
  /** Answers to the last message that are compared, by their places; none is among `messages` then. */
  compared: ChatMessage[]
  /** Messages of the branch before the first of these. */
  earlier: number
  /** Id of the answer that was asked for. */
  awaited: string | null
  /** The person asked to stop. */
  stopping: boolean
  connection: Connection
  refusal: Refusal | null
  /** An edit that the server did not take: it opens again with its text. */
  reopened: (Edited & { messageId: string }) | null
  /** Messages that wait for the end of the answer. */
  queue: QueuedTurn[]
}

/** What the page shows of a view: answers that are compared stand beside the messages. */
export const shownOf = ({ messages, compared }: ConversationView): Pick<SessionState, "messages" | "compared"> => ({
  messages: compared.length > 0 ? messages.slice(0, -1) : messages,
  compared,
})

/** An answer is being asked for or written. */
export function isBusy({
  status,
  messages,
  compared,
}: Pick<SessionState, "status" | "messages" | "compared">): boolean {
  if (compared.some(({ metadata }) => isStreaming(metadata))) return true
  if (status === "submitted" || status === "streaming") return true
  // Not followed yet, by a page that has just come.
  return status === "ready" && isStreaming(messages.at(-1)?.metadata)
}

export interface SessionOptions {
  id: string
  view: ConversationView | null
  draft: DraftStore
  /** Where messages that wait are kept. */
  storage: () => PageStorage
  /** What goes with each turn, read when it is sent. */
  turn: () => Pick<TurnOptions, "model" | "settings" | "output" | "temporary" | "folderId">
  /** The server has the message. */
  onAccepted: () => void
  onTitle: (title: string) => void
  /** The conversation was read anew. */
  onView?: (view: ConversationView) => void
  /** Takes the models that the next message is to be asked of; none when they are not compared. */
  takeCompared: () => string[]
  /** The message was not sent: they are chosen again. */
  putCompared: (models: string[]) => void
  /** Of answers that were compared, one of this model is gone on from. */
  onKept: (model: string) => void
  /** An answer ended. */
  onEnded: () => void
}

/** The branch that a page shows. */
export type Shown = Pick<SessionState, "messages" | "siblings" | "compared">

/** One try to get an answer, and what the page showed before, for when the server refuses. */
export interface Attempt extends Shown {
  /** Gives back what was typed. */
  giveBack: () => void
  /** Lets it wait instead, when the conversation is being answered. */
  wait?: () => void
  /** Gives up before the server has it. */
  cancel?: () => void
  again: () => void
  accepted: boolean
  stopWanted: boolean
}

/** A small store for `useSyncExternalStore`. */
export class SessionStore {
  protected state: SessionState
  private readonly listeners = new Set<() => void>()

  constructor(view: ConversationView | null) {
    this.state = {
      ...(view ? shownOf(view) : { messages: [], compared: [] }),
      siblings: view?.siblings ?? {},
      earlier: view?.earlier ?? 0,
      status: "ready",
      engine: null,
      awaited: null,
      stopping: false,
      connection: "open",
      refusal: null,
      reopened: null,
      queue: [],
    }
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  snapshot = (): SessionState => this.state

  protected set(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}
