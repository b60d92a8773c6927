/** One conversation on an open page: what can be done with it, and what the page shows beside the messages. */
import { Chat } from "@ai-sdk/react"
import { toast } from "sonner"
import { v7 as uuidv7 } from "uuid"
import { ApiError } from "@/components/api"
import { fetchConversation, selectBranch, sentenceOf, stopAnswer } from "@/components/chat/api"
import { messagesBefore, type Siblings, withSibling } from "@/components/chat/branches"
import type { TurnOptions } from "@/components/chat/chat-request"
import type { Connection } from "@/components/chat/follow-answer"
import { createTransport } from "@/components/chat/transport"
import { partsOfDraft, partsOfEdit, userMessage } from "@/components/chat/turn-message"
import type { DraftStore } from "@/components/composer/draft"
import { isStreaming } from "@/components/message/content"
import type { MessageHandlers } from "@/components/message/message-context"
import type { ChatMessage, ConversationView } from "@/lib/chat/types"

/** A turn that the server did not take, with the sentence why. */
export interface Refusal {
  code: string
  message: string
  retry: () => void
}

export interface SessionState {
  siblings: Siblings
  /** Id of the answer that was asked for. */
  awaited: string | null
  /** The person asked to stop. */
  stopping: boolean
  connection: Connection
  refusal: Refusal | null
  /** An edit that the server did not take: it opens again with its text. */
  reopened: { messageId: string; text: string } | null
}

export interface SessionOptions {
  id: string
  view: ConversationView | null
  draft: DraftStore
  /** What goes with each turn, read when it is sent. */
  turn: () => Pick<TurnOptions, "model" | "settings" | "output">
  /** The server has the message. */
  onAccepted: () => void
  onTitle: (title: string) => void
  /** An answer ended. */
  onEnded: () => void
}

/** One try to get an answer. */
interface Attempt {
  /** What the page showed before, for when the server refuses. */
  messages: ChatMessage[]
  siblings: Siblings
  /** Gives back what was typed. */
  giveBack: () => void
  again: () => void
  accepted: boolean
  stopWanted: boolean
}

/** Carries turns over `Chat`: branches, stopping at the server, and nothing typed is ever lost. */
export class ConversationSession {
  readonly chat: Chat<ChatMessage>
  /** The answer that was being written when the page was loaded. */
  readonly resumed: string | undefined
  /** One object for the life of the page, so that no message renders anew for it. */
  readonly handlers: MessageHandlers
  private state: SessionState
  private readonly listeners = new Set<() => void>()
  private attempt: Attempt | null = null
  private turn: TurnOptions = {}
  /** The answer ended out of sight: the stored one has to be read. */
  private gone = false

  constructor(private readonly options: SessionOptions) {
    const { id, view, onTitle } = options
    this.state = {
      siblings: view?.siblings ?? {},
      awaited: null,
      stopping: false,
      connection: "open",
      refusal: null,
      reopened: null,
    }
    const last = view?.messages.at(-1)
    this.resumed = last && isStreaming(last.metadata) ? last.id : undefined
    this.handlers = { edit: this.edit, regenerate: this.regenerate, selectSibling: this.selectSibling }
    this.chat = new Chat<ChatMessage>({
      id,
      messages: view?.messages,
      generateId: uuidv7,
      transport: createTransport({
        turn: () => this.turn,
        resumedMessageId: this.resumed,
        onAccepted: () => this.accepted(),
        onConnection: (connection) => this.set({ connection }),
        onGone: () => this.lost(),
      }),
      onData: (part) => {
        if (part.type === "data-title" && part.data.conversationId === id) onTitle(part.data.title)
      },
      onError: (error) => this.failed(error),
      onFinish: () => this.finished(),
    })
  }

  subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  snapshot = (): SessionState => this.state

  /** Sends what the composer holds. */
  send = (): void => {
    const { draft } = this.options
    const parentId = this.chat.lastMessage?.id ?? null
    const message = userMessage(partsOfDraft(draft.take()), parentId)
    this.begin({ giveBack: draft.giveBack, again: this.send }, { parentId, responseId: uuidv7() })
    void this.chat.sendMessage(message)
  }

  /** Says it in other words: an alternative beside the old message. */
  edit = (messageId: string, text: string): void => {
    const old = this.chat.messages.find(({ id }) => id === messageId)
    if (!old) return
    const parentId = old.metadata?.parentId ?? null
    const message = userMessage(partsOfEdit(old, text), parentId)
    const giveBack = () => this.set({ reopened: { messageId, text } })
    this.begin({ giveBack, again: () => this.edit(messageId, text) }, { parentId, responseId: uuidv7() })
    this.chat.messages = messagesBefore(this.chat.messages, messageId)
    this.set({ siblings: withSibling(this.state.siblings, messageId, message.id) })
    void this.chat.sendMessage(message)
  }

  /** Asks for another answer beside this one. */
  regenerate = (messageId: string): void => {
    const responseId = uuidv7()
    const old = this.chat.messages.find(({ id }) => id === messageId)
    if (!old) return
    this.begin({ giveBack: () => {}, again: () => this.regenerate(messageId) }, { responseId })
    // An answer that failed before its first word is no alternative; the server does not count it either.
    const worthKeeping = old.metadata?.status !== "failed" || old.parts.length > 0
    if (worthKeeping) this.set({ siblings: withSibling(this.state.siblings, messageId, responseId) })
    void this.chat.regenerate({ messageId })
  }

  selectSibling = (messageId: string): void => {
    selectBranch(this.options.id, messageId).then((view) => this.show(view), complain)
  }

  /** Ends the answer at the server; what came of it stays. */
  stop = (): void => {
    this.set({ stopping: true })
    const { attempt } = this
    // Not taken yet: it is stopped as soon as the server has it; when that can't be reached there is nothing to stop.
    if (attempt && !attempt.accepted) {
      attempt.stopWanted = true
      if (this.state.connection === "reconnecting") void this.chat.stop()
    } else this.stopAtServer()
  }

  dismissRefusal = (): void => this.set({ refusal: null })

  /** Reads the conversation anew, and goes on reading an answer that is still being written. */
  reload = async (): Promise<void> => {
    try {
      this.show(await fetchConversation(this.options.id))
    } catch (error) {
      complain(error)
    }
  }

  /** The page goes away: the connection is dropped, the answer goes on at the server. */
  leave = (): void => void this.chat.stop()

  private set(change: Partial<SessionState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }

  private show({ messages, siblings }: ConversationView): void {
    this.chat.messages = messages
    this.set({ siblings, refusal: null })
    if (isStreaming(messages.at(-1)?.metadata)) void this.chat.resumeStream()
  }

  private begin(next: Pick<Attempt, "giveBack" | "again">, options: TurnOptions): void {
    const { messages } = this.chat
    this.attempt = { ...next, messages, siblings: this.state.siblings, accepted: false, stopWanted: false }
    this.turn = { ...this.options.turn(), ...options }
    this.set({ refusal: null, reopened: null, awaited: options.responseId ?? null })
  }

  private accepted(): void {
    if (!this.attempt) return
    this.attempt.accepted = true
    this.options.onAccepted()
    if (this.attempt.stopWanted) this.stopAtServer()
  }

  private stopAtServer(): void {
    stopAnswer(this.options.id).catch((error: unknown) => {
      this.set({ stopping: false })
      complain(error)
    })
  }

  private lost(): void {
    this.gone = true
    // A resume that finds nothing ends without telling anybody else.
    if (!this.attempt) this.finished()
  }

  private failed(error: Error): void {
    const { attempt } = this
    // A fault of the model server is told in the message itself.
    if (!(error instanceof ApiError) && attempt?.accepted !== false) return
    const code = error instanceof ApiError ? error.code : "server:internal"
    const retry = attempt && !attempt.accepted ? attempt.again : () => void this.reload()
    this.putBack()
    this.set({ refusal: { code, message: sentenceOf(error), retry } })
  }

  /** Undoes what a turn that was not taken had changed on the page. */
  private putBack(): void {
    const { attempt } = this
    this.attempt = null
    if (!attempt || attempt.accepted) return
    this.chat.messages = attempt.messages
    this.set({ siblings: attempt.siblings })
    attempt.giveBack()
  }

  private finished(): void {
    // Given up before the server had it: stopped while it could not be reached, or the page was left.
    this.putBack()
    this.set({ awaited: null, stopping: false })
    this.options.onEnded()
    if (!this.gone) return
    this.gone = false
    void this.reload()
  }
}

const complain = (error: unknown): void => void toast.error(sentenceOf(error))
