/** One conversation on an open page: what can be done with it, and what the page shows. */
import type { Chat } from "@ai-sdk/react"
import type { ChatStatus } from "ai"
import { toast } from "sonner"
import { v7 as uuidv7 } from "uuid"
import { ApiError, UNREACHABLE } from "@/components/api"
import { fetchConversation, selectBranch, sentenceOf, stopAnswer } from "@/components/chat/api"
import { messagesBefore, withSibling } from "@/components/chat/branches"
import type { TurnOptions } from "@/components/chat/chat-request"
import { type Attempt, type Engine, type SessionOptions, SessionStore } from "@/components/chat/session-state"
import { partsOfDraft, partsOfEdit, userMessage } from "@/components/chat/turn-message"
import { isStreaming } from "@/components/message/content"
import type { MessageHandlers } from "@/components/message/message-context"
import type { ChatMessage, ConversationView } from "@/lib/chat/types"

/** Carries turns over the AI SDK: branches, stopping at the server, and nothing typed is ever lost. */
export class ConversationSession extends SessionStore {
  /** One object for the life of the page, so that no message renders anew for it. */
  readonly handlers: MessageHandlers
  private engine: Promise<Engine> | null = null
  /** The messages while there is no engine yet, without what is on its way. */
  private settled: ChatMessage[]
  private attempt: Attempt | null = null
  private turn: TurnOptions = {}
  /** The answer ended out of sight: the stored one has to be read. */
  private gone = false

  constructor(private readonly options: SessionOptions) {
    super(options.view)
    this.settled = this.state.messages
    this.handlers = { edit: this.edit, regenerate: this.regenerate, selectSibling: this.selectSibling }
  }

  /** The page is there: goes on reading an answer that is being written. Returns how to leave. */
  enter = (): (() => void) => {
    let left = false
    if (isStreaming(this.messages.at(-1)?.metadata))
      void this.load().then(({ chat }) => (left ? undefined : chat.resumeStream()), complain)
    return () => {
      left = true
      // The connection is dropped, the answer goes on at the server.
      void this.state.engine?.chat.stop()
    }
  }

  /** Fetches the engine before it is needed. */
  warm = (): void => void this.load().catch(() => undefined)

  /** What the engine holds now. */
  publish = (messages: ChatMessage[], status: ChatStatus): void => this.set({ messages, status })

  /** Sends what the composer holds. */
  send = (): void => {
    const { draft } = this.options
    const parentId = this.messages.at(-1)?.id ?? null
    const message = userMessage(partsOfDraft(draft.take()), parentId)
    this.begin({ giveBack: draft.giveBack, again: this.send }, { parentId, responseId: uuidv7() })
    this.run([...this.messages, message], (chat) => chat.sendMessage(message))
  }

  /** Says it in other words: an alternative beside the old message. */
  edit = (messageId: string, text: string): void => {
    const old = this.messages.find(({ id }) => id === messageId)
    if (!old) return
    const parentId = old.metadata?.parentId ?? null
    const message = userMessage(partsOfEdit(old, text), parentId)
    const giveBack = () => this.set({ reopened: { messageId, text } })
    this.begin({ giveBack, again: () => this.edit(messageId, text) }, { parentId, responseId: uuidv7() })
    this.messages = messagesBefore(this.messages, messageId)
    this.set({ siblings: withSibling(this.state.siblings, messageId, message.id) })
    this.run([...this.messages, message], (chat) => chat.sendMessage(message))
  }

  /** Asks for another answer beside this one. */
  regenerate = (messageId: string): void => {
    const responseId = uuidv7()
    const old = this.messages.find(({ id }) => id === messageId)
    if (!old) return
    this.begin({ giveBack: () => {}, again: () => this.regenerate(messageId) }, { responseId })
    // An answer that failed before its first word is no alternative; the server does not count it either.
    const worthKeeping = old.metadata?.status !== "failed" || old.parts.length > 0
    if (worthKeeping) this.set({ siblings: withSibling(this.state.siblings, messageId, responseId) })
    this.run(messagesBefore(this.messages, messageId), (chat) => chat.regenerate({ messageId }))
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
      if (this.state.connection === "reconnecting") void this.state.engine?.chat.stop()
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

  private get messages(): ChatMessage[] {
    return this.state.engine?.chat.messages ?? this.settled
  }

  private set messages(messages: ChatMessage[]) {
    const { engine } = this.state
    if (engine) engine.chat.messages = messages
    this.settled = messages
    this.set({ messages })
  }

  private load(): Promise<Engine> {
    this.engine ??= import("@/components/chat/engine").then(({ createEngine, LiveChat }) => {
      const { id, onTitle } = this.options
      const last = this.settled.at(-1)
      const chat = createEngine({
        id,
        messages: this.settled,
        resumedMessageId: isStreaming(last?.metadata) ? last?.id : undefined,
        turn: () => this.turn,
        onAccepted: () => this.accepted(),
        onConnection: (connection) => this.set({ connection }),
        onGone: () => this.lost(),
        onTitle,
        onError: (error) => this.failed(error),
        onFinish: () => this.finished(),
      })
      const engine = { chat, LiveChat }
      this.set({ engine })
      return engine
    })
    // Without a connection the code can't come: the next try asks again.
    this.engine.catch(() => {
      this.engine = null
    })
    return this.engine
  }

  /** Shows the turn at once, and takes it as soon as the engine is there. */
  private run(shown: ChatMessage[], take: (chat: Chat<ChatMessage>) => Promise<void>): void {
    this.set({ messages: shown, status: "submitted" })
    this.load().then(
      ({ chat }) => take(chat),
      (cause) => this.failed(new ApiError("network", UNREACHABLE, 0, cause)),
    )
  }

  private show({ messages, siblings }: ConversationView): void {
    this.messages = messages
    this.set({ siblings, refusal: null })
    if (isStreaming(messages.at(-1)?.metadata)) void this.load().then(({ chat }) => chat.resumeStream(), complain)
  }

  private begin(next: Pick<Attempt, "giveBack" | "again">, options: TurnOptions): void {
    const { messages } = this
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
    this.set({ awaited: null, status: "error", refusal: { code, message: sentenceOf(error), retry } })
  }

  /** Undoes what a turn that was not taken had changed on the page. */
  private putBack(): void {
    const { attempt } = this
    this.attempt = null
    if (!attempt || attempt.accepted) return
    this.messages = attempt.messages
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
