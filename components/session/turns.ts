/** The lifecycle of turns: request, delivery to the server, following to the end, and sending the next one. */
import { ApiError, sentenceOf } from "@/components/base/api"
import { continueAnswer, stopAnswer } from "@/components/base/conversation-api"
import { requestText } from "@/components/base/request-texts"
import { retryWait } from "@/components/base/retry-wait"
import { continuationAnswer } from "@/components/session/comparison"
import { complain } from "@/components/session/complain"
import type { EventOf } from "@/components/session/events"
import type { FollowedAnswers } from "@/components/session/followed-answers"
import type { SessionOptions } from "@/components/session/options"
import { comparedOf, type QueuedTurn } from "@/components/session/queue"
import type { Reading } from "@/components/session/reading"
import { type Asked, type Attempt, dueTurn, isAppended, isBusy, type Refusal } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"
import { expectedAnswers, partsOfDraft, userMessage } from "@/components/session/turn-message"
import { chatRequest, type TurnOptions } from "@/components/stream/chat-request"
import { parentIn } from "@/lib/chat/parent-header"
import type { ChatRequest } from "@/lib/chat/requests"
import { isRecord } from "@/lib/is-record"
import type { ChatMessage } from "@/lib/messages/types"

interface TurnsOptions {
  options: SessionOptions
  store: SessionStore
  answers: FollowedAnswers
  reading: Reading
  /** Aborts when the page is left. */
  page: () => AbortSignal
  /** Tells other tabs that an answer of this conversation is being stopped here. */
  tellStop: () => void
}

type Asking = Omit<EventOf<"asked">, "type">

/** The stored answer differs from the streamed one. */
const isSettledThere = ({ asked }: Attempt, messages: ChatMessage[]): boolean =>
  asked.kind === "repair" || messages.at(-1)?.metadata?.output?.quotes === true

export class Turns {
  private sending = new AbortController()

  constructor(private readonly around: TurnsOptions) {}

  /** Starts a turn and shows it immediately. */
  ask(asking: Asking): void {
    const { options, store } = this.around
    const kept = isAppended(asking.asked) ? continuationAnswer(store.state.compared)?.metadata?.model : undefined
    if (kept) options.onKept(kept)
    // Read now: options chosen while the turn is in flight apply to the next one.
    const turn = options.turn()
    store.dispatch({ type: "asked", ...asking })
    this.sending = new AbortController()
    void this.carry(asking, turn, this.sending.signal)
  }

  sendTurn(turn: QueuedTurn, from: "composer" | "queue"): void {
    const question = userMessage(partsOfDraft(turn), this.parentOfNext, turn.id)
    this.ask({ asked: { kind: "message", turn, from }, question, answers: expectedAnswers(turn), blind: turn.blind })
  }

  /** The parent of the next message. */
  get parentOfNext(): string | null {
    const { messages, compared } = this.around.store.state
    return (continuationAnswer(compared) ?? messages.at(-1))?.id ?? null
  }

  /** Stops the answer on the server, keeping what it has so far. */
  stop = (): void => {
    const { store, tellStop } = this.around
    store.dispatch({ type: "stopped" })
    tellStop()
    const { attempt, connection } = store.state
    // If not accepted yet, it is stopped once the server has it; if the server can't be reached, there is nothing to
    // stop.
    if (!attempt || attempt.accepted) this.stopAtServer()
    else if (connection === "reconnecting") this.sending.abort()
  }

  /** Aborts what has not reached the server yet; the rest continues there. */
  leave(): void {
    this.sending.abort()
    this.around.answers.leave()
    this.around.store.dispatch({ type: "left" })
  }

  /** Answers ended; `gone`: at least one without being read to the end. */
  ended = (gone: boolean): void => {
    if (this.around.store.state.following.length === 0) this.finish()
    else if (gone) void this.readAfterWait()
  }

  failed = (error: unknown): void => {
    const { options, store } = this.around
    const { attempt } = store.state
    const pending = attempt?.accepted === false ? attempt.asked : null
    // A model server error is shown in the message itself.
    if (!(error instanceof ApiError) && !pending) {
      this.finish()
      return
    }
    const code = error instanceof ApiError ? error.code : "server:internal"
    store.dispatch({ type: "refused", code, message: sentenceOf(error), seeing: seeingIn(error) })
    if (!pending) options.onEnded()
    else if (store.state.refusal) this.giveBack(pending)
    else this.behindAnother(pending)
  }

  /** Sends the oldest queued message if one is due. */
  settle = (): void => {
    const { store, page } = this.around
    if (isBusy(store.state) || store.state.held || page().aborted) return
    const turn = dueTurn(store.state)
    store.dispatch({ type: "settled" })
    if (turn) this.sendTurn(turn, "queue")
  }

  private async carry(asking: Asking, turn: TurnOptions, signal: AbortSignal): Promise<void> {
    const { answers } = this.around
    try {
      const response = await this.deliver(asking, turn, signal)
      if (signal.aborted) return this.finish()
      await answers.follow(
        asking.answers.map(({ id }) => id),
        response,
      )
    } catch (error) {
      if (signal.aborted) this.finish()
      else this.failed(error)
    }
  }

  /** Delivers a turn to the server. The response carries its answers; null when they must be requested separately. */
  private async deliver({ asked, question, answers, blind }: Asking, turn: TurnOptions, signal: AbortSignal) {
    const { options, store } = this.around
    if (asked.kind === "continue") {
      const { messageId, generationId } = asked
      await Promise.all([this.around.answers.load(), continueAnswer(options.id, messageId, generationId)])
      this.accepted(undefined)
      return null
    }
    const several = answers.flatMap(({ id, model }) => (model ? [{ model, responseId: id }] : []))
    const request: ChatRequest | null = chatRequest(options.id, store.state.messages, {
      ...turn,
      ...(question && { parentId: question.metadata?.parentId ?? null }),
      ...(isAppended(asked) && { append: true }),
      ...(several.length > 0 ? { compare: several, blind } : { responseId: answers[0]?.id }),
      ...(asked.kind === "message" && { output: asked.turn.output ?? undefined }),
      ...(asked.kind === "change" && { change: asked.change, output: undefined }),
      ...(asked.kind === "repair" && { repair: { of: asked.messageId }, output: undefined }),
      ...(asked.kind === "summary" && { output: undefined }),
      ...(asked.kind === "again" && asked.model && { model: asked.model, once: true }),
    })
    if (!request) throw new ApiError("message:empty", requestText("emptyMessage"), 0)
    const response = await this.around.answers.post(request, signal)
    this.accepted(parentIn(response))
    return response
  }

  /** The server has stored the message; `parentId` is its parent when the server reports one. */
  private accepted(parentId: string | null | undefined): void {
    const { options, store, reading } = this.around
    const { attempt } = store.state
    if (!attempt) return
    store.dispatch({ type: "accepted" })
    options.onAccepted()
    if (attempt.stopWanted) this.stopAtServer()
    const { asked, question } = attempt
    if (parentId === undefined || !question || !isAppended(asked)) return
    // The model of the answer it continues from is revealed now.
    const secret = store.state.messages.some(({ metadata }) => metadata?.blind)
    if (secret || parentId !== (question.metadata?.parentId ?? null)) void reading.readMissed(question.id)
  }

  private stopAtServer(): void {
    const { options, store } = this.around
    stopAnswer(options.id).catch((error: unknown) => {
      store.dispatch({ type: "stopFailed" })
      complain(error)
    })
  }

  /** Nothing is followed anymore: everything ended, or was aborted before the server had it. */
  private finish(): void {
    const { options, store } = this.around
    const { attempt, outdated } = store.state
    store.dispatch({ type: "finished" })
    if (attempt && !attempt.accepted) this.giveBack(attempt.asked)
    options.onEnded()
    // The stream lacks the server's final processing: substituted values, resolved quotes.
    if (outdated || (attempt?.accepted && isSettledThere(attempt, store.state.messages))) void this.readStored()
    // Lets the page render the end before anything else begins.
    else setTimeout(this.settle)
  }

  /** Restores typed input to the composer; queued messages are restored by the reducer. */
  private giveBack(asked: Asked): void {
    if (!isFromComposer(asked)) return
    this.around.options.draft.giveBack()
    this.around.options.compareAgain(comparedOf(asked.turn))
  }

  /**
   * Reads answers that ended without being followed; with growing delays while the server reports one as running that
   * can't be followed.
   */
  private async readStored(): Promise<void> {
    const { store, reading, page } = this.around
    if (store.state.misses > 1) await this.readAfterWait()
    else await reading.catchUp(page())
    if (!isBusy(store.state)) this.settle()
  }

  /**
   * Delayed, so that an answer the server still reports as running but that can't be followed is not polled constantly.
   */
  private async readAfterWait(): Promise<void> {
    const { store, reading, page } = this.around
    if (await this.waited(store.state.misses)) await reading.catchUp(page())
  }

  /** Another turn came first: the message is queued and is no longer a draft. */
  private behindAnother(asked: Asked): void {
    if (isFromComposer(asked)) this.around.options.draft.accepted()
    void this.waitForTurn()
  }

  /** Follows the answer of the turn that came first; if that has ended, sends the queued message again shortly. */
  private async waitForTurn(): Promise<void> {
    const { store, reading, page } = this.around
    await reading.catchUp(page())
    if (!isBusy(store.state)) await this.waited(store.state.refusals - 1)
    store.dispatch({ type: "released" })
    this.settle()
  }

  /** False when the page was left during the wait. */
  private waited(attempt: number): Promise<boolean> {
    return retryWait(attempt, this.around.page()).then(
      () => true,
      () => false,
    )
  }
}

const isFromComposer = (asked: Asked): asked is Extract<Asked, { kind: "message" }> =>
  asked.kind === "message" && asked.from === "composer"

/** The models that accept images, which the server lists when the requested one does not. */
function seeingIn(error: unknown): Refusal["seeing"] {
  const seeing = error instanceof ApiError ? error.details.seeing : null
  if (!Array.isArray(seeing)) return undefined
  return seeing.flatMap((model: unknown) =>
    isRecord(model) && typeof model.id === "string" && typeof model.name === "string"
      ? { id: model.id, name: model.name }
      : [],
  )
}
