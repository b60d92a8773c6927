/** What a conversation's page shows, and who is told when it changes. */
import type { Chat } from "@ai-sdk/react"
import type { ChatStatus } from "ai"
import type { Siblings } from "@/components/chat/branches"
import type { TurnOptions } from "@/components/chat/chat-request"
import type { LiveChat } from "@/components/chat/engine"
import type { Connection } from "@/components/chat/follow-answer"
import type { QueuedTurn } from "@/components/chat/queue"
import type { DraftStore } from "@/components/composer/draft"
import { isStreaming } from "@/components/message/content"
import type { ChatMessage, ConversationView } from "@/lib/chat/types"

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
  /** Messages of the branch before the first of these. */
  earlier: number
  /** Id of the answer that was asked for. */
  awaited: string | null
  /** The person asked to stop. */
  stopping: boolean
  connection: Connection
  refusal: Refusal | null
  /** An edit that the server did not take: it opens again with its text. */
  reopened: { messageId: string; text: string } | null
  /** Messages that wait for the end of the answer. */
  queue: QueuedTurn[]
}

/** An answer is being asked for or written. */
export function isBusy({ status, messages }: Pick<SessionState, "status" | "messages">): boolean {
  if (status === "submitted" || status === "streaming") return true
  // Not followed yet, by a page that has just come.
  return status === "ready" && isStreaming(messages.at(-1)?.metadata)
}

export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">

export interface SessionOptions {
  id: string
  view: ConversationView | null
  draft: DraftStore
  /** Where messages that wait are kept. */
  storage: () => Storage
  /** What goes with each turn, read when it is sent. */
  turn: () => Pick<TurnOptions, "model" | "settings" | "output" | "temporary" | "folderId">
  /** The server has the message. */
  onAccepted: () => void
  onTitle: (title: string) => void
  /** The conversation was read anew. */
  onView?: (view: ConversationView) => void
  /** An answer ended. */
  onEnded: () => void
}

/** One try to get an answer. */
export interface Attempt {
  /** What the page showed before, for when the server refuses. */
  messages: ChatMessage[]
  siblings: Siblings
  /** Gives back what was typed. */
  giveBack: () => void
  /** Lets it wait instead, when the conversation is being answered. */
  wait?: () => void
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
      messages: view?.messages ?? [],
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
