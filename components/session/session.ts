/** One conversation on an open page: what can be done with it, and what the page shows. */
import { v7 as uuidv7 } from "uuid"
import { messagesBefore, withSibling } from "@/components/base/branches"
import { continueAnswer } from "@/components/base/conversation-api"
import type { Edited } from "@/components/base/message-content"
import type { Sending } from "@/components/draft/draft"
import type { MessageHandlers } from "@/components/message/parts/message-context"
import { AttemptingConversation } from "@/components/session/attempting-conversation"
import { complain } from "@/components/session/followed-conversation"
import { MessageQueue, type QueuedTurn } from "@/components/session/queue"
import { type Attempt, isBusy, type SessionOptions } from "@/components/session/session-state"
import { partsOfDraft, partsOfEdit, userMessage } from "@/components/session/turn-message"
import type { ChatMessage } from "@/lib/messages/types"

/** Carries turns over the AI SDK: branches, stopping at the server, and nothing typed is ever lost. */
export class ConversationSession extends AttemptingConversation {
  /** One object for the life of the page, so that no message renders anew for it. */
  readonly handlers: MessageHandlers
  private readonly queue: MessageQueue
  /** A message that the server may have without having said so: sent again, it goes by the same ids. */
  private unsure: QueuedTurn | null = null
  /** The first message that waits goes as soon as the answer has stopped. */
  private urgent = false
  /** When a message was last made to wait here. */
  private lastWait = 0

  constructor(options: SessionOptions) {
    super(options)
    this.queue = new MessageQueue(options.id, (queue) => this.set({ queue }))
    const { edit, regenerate, selectSibling, goOn } = this
    // Of compared answers one is stopped, else what is written here.
    const stop = (messageId: string) => (this.state.compared.length > 0 ? this.stopOne(messageId) : this.stop())
    this.handlers = { edit, regenerate, selectSibling, goOn, stop }
  }

  /** The page is there: goes on reading an answer that is being written. Returns how to leave. */
  enter = (): (() => void) => {
    let left = false
    const leaveQueue = this.queue.load(this.options.storage(), window)
    this.queue.forget(new Set(this.messages.map(({ id }) => id)))
    const leaveStops = this.hearStops()
    // A page that is left at once (React's second look at it) must not be followed twice.
    setTimeout(() => {
      if (!left) this.resume().catch(complain)
    })
    return () => {
      left = true
      leaveQueue()
      leaveStops()
      // The connection is dropped, the answer goes on at the server.
      void this.state.engine?.chat.stop()
      this.attempt?.cancel?.()
      this.stopFollowing()
    }
  }

  /** Sends what the composer holds, or lets it wait for the end of the answer. */
  send = (): void => {
    const { draft } = this.options
    const taken = draft.take()
    const models = this.options.takeCompared()
    const known = this.unsure && isSame(this.unsure, { ...taken, models }) ? this.unsure : null
    const { id, responseId, compare } = known ?? {
      id: uuidv7(),
      responseId: uuidv7(),
      compare: models.length > 0 ? models.map((model) => ({ model, responseId: uuidv7() })) : undefined,
    }
    const turn: QueuedTurn = { id, responseId, ...taken, output: draft.get().output, compare }
    const giveBack = () => {
      draft.giveBack()
      this.options.putCompared(models)
    }
    const wait = () => {
      this.queue.add(turn)
      draft.accepted()
    }
    if (this.busy) {
      wait()
      this.lastWait = Date.now()
      // Who stops an answer and writes on does not mean to wait for the end that it won't have.
      this.urgent ||= this.stopped
    } else {
      this.unsure = turn
      this.sendTurn(turn, { giveBack, again: this.send, wait: () => this.next(wait) })
    }
  }

  /** Sends a waiting message before the others: stops the answer when one is being written. */
  sendNow = (id: string): void => {
    const turn = this.queue.take(id)
    if (!turn) return
    if (this.busy) {
      this.queue.putFirst(turn)
      this.urgent = true
      this.stop()
    } else this.sendQueued(turn)
  }

  /** A waiting message goes back into the composer. */
  editQueued = (id: string): void => {
    const turn = this.queue.take(id)
    if (!turn) return
    this.options.draft.put(turn)
    this.options.putCompared(modelsOf(turn))
  }

  removeQueued = (id: string): void => void this.queue.take(id)

  /** Says it in other words: an alternative beside the old message, asked of the same models when they are compared. */
  edit = (messageId: string, edited: Edited): void => {
    const old = this.messages.find(({ id }) => id === messageId)
    if (!old) return
    const parentId = old.metadata?.parentId ?? null
    const message = userMessage(partsOfEdit(edited), parentId)
    const giveBack = () => this.set({ reopened: { messageId, ...edited } })
    const compare = this.askedBeside(messageId)
    const options = { parentId, responseId: compare ? undefined : uuidv7() }
    this.begin({ giveBack, again: () => this.edit(messageId, edited) }, options)
    this.messages = messagesBefore(this.messages, messageId)
    this.set({ siblings: withSibling(this.state.siblings, messageId, message.id) })
    this.ask(message, compare)
  }

  /** Asks for another answer beside this one. */
  regenerate = (messageId: string): void => {
    const responseId = uuidv7()
    const old = this.messages.find(({ id }) => id === messageId)
    if (!old) {
      this.askAgain(messageId)
      return
    }
    this.begin({ giveBack: () => {}, again: () => this.regenerate(messageId) }, { responseId })
    // An answer that failed before its first word is no alternative; the server does not count it either.
    const worthKeeping = old.metadata?.status !== "failed" || old.parts.length > 0
    if (worthKeeping) this.set({ siblings: withSibling(this.state.siblings, messageId, responseId) })
    this.run(messagesBefore(this.messages, messageId), (chat) => chat.regenerate({ messageId }))
  }

  /** Goes on with an answer that broke off. */
  goOn = (messageId: string, generationId = uuidv7()): void => {
    if (this.isCompared(messageId)) {
      this.goOnBeside(messageId)
      return
    }
    this.begin({ giveBack: () => {}, again: () => this.goOn(messageId, generationId) }, {})
    this.set({ status: "submitted" })
    const asked = continueAnswer(this.options.id, messageId, generationId)
    Promise.all([this.load(), asked])
      .then(async ([{ chat }]) => {
        this.messages = this.messages.map((message) => (message.id === messageId ? reopened(message) : message))
        this.accepted()
        await chat.resumeStream()
        // It was over before it could be followed.
        if (this.outdated) this.finished()
      })
      .catch((error) => this.failed(error))
  }

  /** Asks for a summary, with which the model goes on from then. */
  summarise = (): void => {
    if (this.busy || this.messages.length === 0) return
    const responseId = uuidv7()
    const { before, parentId } = this.goOnFromBest()
    const message = userMessage([{ type: "data-summary", data: {} }], parentId)
    this.begin(
      { giveBack: () => {}, again: this.summarise },
      { parentId, append: true, responseId, output: undefined },
      before,
    )
    this.ask(message, undefined)
  }

  private sendTurn(turn: QueuedTurn, attempt: Pick<Attempt, "giveBack" | "again" | "wait">): void {
    const { before, parentId } = this.goOnFromBest()
    const message = userMessage(partsOfDraft(turn), parentId, turn.id)
    const { compare, responseId } = turn
    const output = turn.output ?? undefined
    this.begin(attempt, { parentId, append: true, responseId: compare ? undefined : responseId, output }, before)
    this.ask(message, compare)
  }

  private sendQueued(turn: QueuedTurn): void {
    this.queue.sends(turn)
    const giveBack = () => this.queue.putFirst(turn)
    this.sendTurn(turn, { giveBack, again: () => this.sendNow(turn.id), wait: () => this.next(giveBack) })
  }

  /** Another turn was first: the message goes behind it, however its answer ends. */
  private next(wait: () => void): void {
    wait()
    this.urgent = true
  }

  /** What is sent here since then is to be next as well, also where the answer has ended before this was heard. */
  protected heardStop(at: number): void {
    this.stopped ||= isBusy({ ...this.state, messages: this.messages })
    if (!this.queue.first || this.lastWait < at) return
    this.urgent = true
    this.settle()
  }

  /** The message that waits longest goes, after an answer that came to its end. */
  protected settle(): void {
    const { first } = this.queue
    // Of answers that are compared, one has to be kept before anything goes by itself.
    const decided = this.state.compared.length === 0 && this.messages.at(-1)?.metadata?.status === "complete"
    const due = this.urgent || decided
    if (this.busy || this.held) return
    this.stopped = false
    if (!first || !due) return
    this.urgent = false
    this.sendNow(first.id)
  }

  protected sure(): void {
    this.unsure = null
    this.queue.arrived()
  }
}

const reopened = (message: ChatMessage): ChatMessage =>
  message.metadata ? { ...message, metadata: { ...message.metadata, status: "streaming" } } : message

const modelsOf = ({ compare = [] }: QueuedTurn): string[] => compare.map(({ model }) => model)

const isSame = (a: QueuedTurn, b: Sending & { models: string[] }): boolean =>
  a.text === b.text &&
  a.images.map(({ id }) => id).join() === b.images.map(({ id }) => id).join() &&
  JSON.stringify(a.files) === JSON.stringify(b.files) &&
  modelsOf(a).join() === b.models.join()
