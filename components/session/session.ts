/** One conversation on an open page and the actions on it. Requests, streams, timers and storage start here. */
import { v7 as uuidv7 } from "uuid"
import { answerApproval, retryCall } from "@/components/base/conversation-api"
import type { Edited } from "@/components/base/message-content"
import type { Readable } from "@/components/base/store"
import type { MessageHandlers, Said } from "@/components/message/parts/message-context"
import { Changes } from "@/components/session/changes"
import { ComparedAnswers } from "@/components/session/compared-answers"
import { complain } from "@/components/session/complain"
import { FollowedAnswers } from "@/components/session/followed-answers"
import type { SessionOptions } from "@/components/session/options"
import { PersistedQueue } from "@/components/session/persisted-queue"
import { askedOf, comparedOf, isSame, type QueuedTurn } from "@/components/session/queue"
import { Reading } from "@/components/session/reading"
import { hasQueuedSince } from "@/components/session/reduce-turns"
import { initialState, isAnswering, isOccupied, newsOf, type SessionState } from "@/components/session/state"
import { openStopChannel, type StopChannel } from "@/components/session/stop-channel"
import { SessionStore } from "@/components/session/store"
import { partsOfEdit, userMessage } from "@/components/session/turn-message"
import { Turns } from "@/components/session/turns"
import { Waiting } from "@/components/session/waiting"
import type { VerdictRequest } from "@/lib/chat/requests"
import type { ChangeRequest } from "@/lib/messages/change.types"
import type { MessageStatus } from "@/lib/messages/types"

export class ConversationSession {
  /** A stable object for the lifetime of the page, so that it never causes a message to rerender. */
  readonly handlers: MessageHandlers
  private readonly store: SessionStore
  private readonly kept: PersistedQueue
  private readonly answers: FollowedAnswers
  private readonly reading: Reading
  private readonly turns: Turns
  private readonly compared: ComparedAnswers
  private readonly changes: Changes
  private readonly waiting: Waiting
  private stopNews: StopChannel | null = null
  /** Aborts when the page is left. */
  private page = new AbortController()

  constructor(private readonly options: SessionOptions) {
    const { id, view, onTitle } = options
    this.kept = new PersistedQueue(id)
    const store = new SessionStore(initialState(view), (before, event) => {
      const { queue, underway } = store.state
      const isOurs = event !== "queueRead" && (queue !== before.queue || underway !== before.underway)
      if (isOurs) this.kept.keep(queue, underway)
    })
    this.store = store
    const answers = new FollowedAnswers({
      chatId: id,
      store,
      onTitle,
      onEnded: (gone) => this.turns.ended(gone),
      onError: (error) => this.turns.failed(error),
    })
    this.answers = answers
    const reading = new Reading({
      id,
      store,
      onShown: (read) => {
        options.onView?.(read)
        void answers.resume(this.page.signal)
      },
    })
    this.reading = reading
    const page = () => this.page.signal
    this.turns = new Turns({ options, store, answers, reading, page, tellStop: () => this.stopNews?.tell() })
    this.changes = new Changes({ id, store, reading, turns: this.turns })
    this.compared = new ComparedAnswers({ options, store, answers, reading, onKept: this.turns.settle })
    this.waiting = new Waiting({ id, store, putBack: this.putBack })
    const { edit, regenerate, repair, selectSibling, goOn, approve, retryCall, reload } = this
    const { decide: decideChange, again: changeAgain, editValues } = this.changes
    // In a comparison, stops that one answer; otherwise stops the current one.
    const stop = (messageId: string) => (store.state.compared.length > 0 ? this.stopOne(messageId) : this.stop())
    this.handlers = {
      edit,
      regenerate,
      repair,
      selectSibling,
      goOn,
      approve,
      retryCall,
      reload,
      stop,
      decideChange,
      changeAgain,
      editValues,
    }
  }

  /** The state the page shows. */
  get shown(): Readable<SessionState> {
    return this.store
  }

  snapshot = (): SessionState => this.store.state

  /** Called when the page mounts: resumes reading an answer that is being written. Returns the cleanup function. */
  enter = (): (() => void) => {
    const { store } = this
    const page = new AbortController()
    this.page = page
    const leaveQueue = this.kept.open(this.options.storage(), window, (turns) =>
      store.dispatch({ type: "queueRead", turns }),
    )
    // Messages already in the conversation leave the queue.
    for (const { id } of store.state.messages) store.dispatch({ type: "unqueued", id })
    this.stopNews = openStopChannel(this.options.id, this.heardStop)
    // Deferred so that a page that is unmounted immediately (React strict mode) is not followed twice.
    setTimeout(() => void this.answers.resume(page.signal))
    return () => {
      page.abort()
      leaveQueue()
      this.stopNews?.leave()
      this.stopNews = null
      this.turns.leave()
    }
  }

  /** Preloads the answer reader. */
  warm = (): void => void this.answers.load().catch(() => undefined)

  /** Sends the composer's content, or queues it until the answer ends. */
  send = (): void => {
    const { draft } = this.options
    const { store } = this
    const taken = draft.take()
    const comparing = this.options.comparing()
    const { unsure } = store.state
    const known = unsure && isSame(unsure, taken, comparing) ? unsure : null
    const { id, responseId, ...asked } = known ?? { id: uuidv7(), responseId: uuidv7(), ...askedOf(comparing) }
    const turn: QueuedTurn = { ...asked, id, responseId, ...taken, output: draft.get().output }
    if (isAnswering(store.state)) {
      store.dispatch({ type: "waits", turn, at: Date.now() })
      draft.accepted()
    } else this.turns.sendTurn(turn, "composer")
  }

  /** Sends a queued message before the others, stopping the answer if one is being written. */
  sendNow = (id: string): void => {
    const turn = this.waiting.find(id)
    if (!turn) return
    if (isAnswering(this.store.state)) {
      this.store.dispatch({ type: "hurried", id })
      this.stop()
    } else this.turns.sendTurn(turn, "queue")
  }

  /** Moves a queued message back into the composer. */
  editQueued = (id: string): void => void this.waiting.edit(id)
  removeQueued = (id: string): void => void this.waiting.remove(id)
  /** Gives the model a queued message before the next step of its answer. */
  steer = (id: string): void => void this.waiting.steer(id)

  private putBack = (turn: QueuedTurn): void => {
    this.options.draft.put(turn)
    this.options.compareAgain(comparedOf(turn))
  }

  /** Edits a message: adds an alternative beside the old one, sent to the same models if they are compared. */
  edit = (messageId: string, edited: Edited): void => {
    const old = this.message(messageId)
    if (!old) return
    const question = userMessage(partsOfEdit(edited), old.metadata?.parentId ?? null)
    const { answers = [{ id: uuidv7() }], blind } = this.compared.askedBeside(messageId) ?? {}
    this.turns.ask({ asked: { kind: "edit", messageId, edited }, question, answers, blind })
  }

  /** Requests another answer beside this one; `model` applies only to this request. */
  regenerate = (messageId: string, model?: string): void => {
    if (!this.message(messageId)) this.compared.askAgain(messageId, model)
    else void this.askAgain(messageId, model)
  }

  private async askAgain(messageId: string, model: string | undefined): Promise<void> {
    // The question may not be loaded.
    const isFirst = this.store.state.messages[0]?.id === messageId
    if (isFirst && this.store.state.earlier > 0) await this.loadEarlier()
    this.turns.ask({ asked: { kind: "again", messageId, model }, question: null, answers: [{ id: uuidv7() }] })
  }

  /** Requests a version of an answer with one part changed. */
  change = (change: ChangeRequest): void => this.changes.ask(change)
  heardChanged = (): void => this.changes.heard()

  /** Requests a version of a JSON answer in which the invalid values are generated again. */
  repair = (messageId: string): void => {
    if (!this.message(messageId)) return
    this.turns.ask({ asked: { kind: "repair", messageId }, question: null, answers: [{ id: uuidv7() }] })
  }

  /** Continues an answer that broke off. */
  goOn = (messageId: string, generationId = uuidv7()): void => {
    const asked = { kind: "continue" as const, messageId, generationId }
    if (this.compared.find(messageId)) this.compared.goOn(messageId)
    else this.turns.ask({ asked, question: null, answers: [{ id: messageId }] })
  }

  /** Approves or denies a pending tool call; the outcome is read like anything another tab starts. */
  approve = async (messageId: string, approvalId: string, said: Said): Promise<void> => {
    await answerApproval(this.options.id, { messageId, approvalId, ...said, generationId: uuidv7() }).catch(complain)
    await this.reload()
  }

  /** Retries a failed tool call; the outcome is read the same way. */
  retryCall = async (messageId: string, toolCallId: string): Promise<void> => {
    await retryCall(this.options.id, { messageId, toolCallId, generationId: uuidv7() }).catch(complain)
    await this.reload()
  }

  /** Requests a summary, from which the model continues. */
  summarize = (): void => {
    if (isAnswering(this.store.state) || this.store.state.messages.length === 0) return
    const question = userMessage([{ type: "data-summary", data: {} }], this.turns.parentOfNext)
    this.turns.ask({ asked: { kind: "summary" }, question, answers: [{ id: uuidv7() }] })
  }

  stop = (): void => this.turns.stop()

  dismissRefusal = (): void => this.store.dispatch({ type: "refusalDismissed" })

  /** Retries what was refused. */
  retry = (): void => {
    const again = this.store.state.refusal?.again
    if (!again) void this.reload()
    else if (again.kind === "edit") this.edit(again.messageId, again.edited)
    else if (again.kind === "change") this.change(again.change)
    else if (again.kind === "repair") this.repair(again.messageId)
    else if (again.kind === "again") this.regenerate(again.messageId, again.model)
    else if (again.kind === "continue") this.goOn(again.messageId, again.generationId)
    else if (again.kind === "summary") this.summarize()
    else if (again.from === "queue") this.sendNow(again.turn.id)
    else this.send()
  }

  keep = (messageId: string): Promise<boolean> => this.compared.keep(messageId)
  reopen = (messageId: string): Promise<boolean> => this.compared.reopen(messageId)
  judge = (verdict: VerdictRequest): Promise<boolean> => this.compared.judge(verdict)
  merge = (model: string): void => this.compared.merge(model)
  stopOne = (messageId: string): void => this.compared.stopOne(messageId)
  heardKept = (messageId: string): void => this.compared.heardKept(messageId)

  reload = (): Promise<void> => this.reading.reload()
  loadEarlier = (): Promise<void> => this.reading.loadEarlier()
  loadAll = (): Promise<void> => this.reading.loadAll()
  reveal = (messageId: string): Promise<boolean> => this.reading.reveal(messageId)
  selectSibling = (messageId: string): void => this.reading.selectSibling(messageId)

  /** Deletes a message. Resolves with an undo function; both reject with an `ApiError`. */
  remove = (messageId: string): Promise<() => Promise<void>> => this.reading.remove(messageId)

  /** Another tab deleted or restored a message. */
  heardDeleted = ({ id, deleted }: { id: string; deleted: boolean }): void => {
    const { store } = this
    if (isOccupied(store.state)) store.dispatch({ type: "outdated" })
    else {
      if (deleted) store.dispatch({ type: "removed", messageId: id })
      void this.reload()
    }
  }

  /** Another tab, or the server, reports on an answer in this conversation. */
  heard = (answer: { messageId: string; status: MessageStatus }): void => {
    const news = newsOf(this.store.state, answer)
    if (news === "later") this.store.dispatch({ type: "outdated" })
    if (news === "read") void this.reload()
  }

  /** Reloads, since events may have been missed. */
  catchUp = (): void => {
    if (!isOccupied(this.store.state) && this.store.state.messages.length > 0) void this.reload()
  }

  private heardStop = (at: number): void => {
    const due = hasQueuedSince(this.store.state, at)
    this.store.dispatch({ type: "stopHeard", at })
    if (due) this.turns.settle()
  }

  private message = (id: string) => this.store.state.messages.find((message) => message.id === id)
}
