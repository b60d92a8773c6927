/** A conversation with one turn at a time on its way to the server: shown at once, taken back when it is refused. */
import type { Chat } from "@ai-sdk/react"
import { ApiError, UNREACHABLE } from "@/components/base/api"
import { withEarlier } from "@/components/base/branches"
import { sentenceOf, stopAnswer } from "@/components/base/conversation-api"
import { retryWait } from "@/components/base/retry-wait"
import { type Compare, ComparingConversation } from "@/components/session/comparing-conversation"
import { complain } from "@/components/session/followed-conversation"
import { type Attempt, isBusy, type Shown } from "@/components/session/session-state"
import { openStopNews, type StopNews } from "@/components/session/stop-news"
import type { TurnOptions } from "@/components/stream/chat-request"
import type { ChatMessage } from "@/lib/messages/types"

export abstract class AttemptingConversation extends ComparingConversation {
  protected attempt: Attempt | null = null
  /** The person wants no more of the answer that is being written: what is sent from now on is to be next. */
  protected stopped = false
  /** Times in a row that another turn was first. */
  private refusals = 0
  /** Another turn was first, and what became of it is being read: nothing goes by itself. */
  protected held = false
  private stopNews: StopNews | null = null

  /** The server has told what became of the last message. */
  protected abstract sure(): void
  /** At this time another tab asked to stop. */
  protected abstract heardStop(at: number): void

  /** Hears of stops in other tabs. Returns how to leave. */
  protected hearStops(): () => void {
    const news = openStopNews(this.options.id, (at) => this.heardStop(at))
    this.stopNews = news
    return () => {
      news?.leave()
      this.stopNews = null
    }
  }

  /** Ends the answer at the server; what came of it stays. */
  stop = (): void => {
    this.stopped = true
    this.stopNews?.tell()
    this.set({ stopping: true })
    const { attempt } = this
    // Not taken yet: it is stopped as soon as the server has it; when that can't be reached there is nothing to stop.
    if (attempt && !attempt.accepted) {
      attempt.stopWanted = true
      if (this.state.connection !== "reconnecting") return
      if (attempt.cancel) attempt.cancel()
      else void this.state.engine?.chat.stop()
    } else this.stopAtServer()
  }

  dismissRefusal = (): void => this.set({ refusal: null })

  /** `before` is what the page shows again when the server refuses. */
  protected begin(next: Pick<Attempt, "giveBack" | "again">, options: TurnOptions, before: Shown = this.shown): void {
    this.attempt = { ...next, ...before, accepted: false, stopWanted: false }
    this.turn = { ...this.options.turn(), ...options }
    this.stopped = false
    this.set({ refusal: null, reopened: null, awaited: options.responseId ?? null, compared: [] })
  }

  /** Asks a question that `begin` has made way for: one model, or those that are compared. */
  protected ask(question: ChatMessage, compare: Compare | undefined): void {
    if (!compare) {
      this.run([...this.messages, question], (chat) => chat.sendMessage(question))
      return
    }
    const cancel = this.runCompared(question, compare)
    if (this.attempt) this.attempt = { ...this.attempt, cancel }
  }

  /** Shows the turn at once, and takes it as soon as the engine is there. */
  protected run(shown: ChatMessage[], take: (chat: Chat<ChatMessage>) => Promise<void>): void {
    this.set({ messages: shown, status: "submitted" })
    this.load().then(
      ({ chat }) => take(chat),
      (cause) => this.failed(new ApiError("network", UNREACHABLE, 0, cause)),
    )
  }

  protected get hasAttempt(): boolean {
    return this.attempt !== null
  }

  protected accepted(parentId?: string | null): void {
    if (!this.attempt) return
    this.attempt.accepted = true
    this.refusals = 0
    this.sure()
    this.options.onAccepted()
    if (this.attempt.stopWanted) this.stopAtServer()
    if (parentId === undefined || !this.turn.append || parentId === (this.turn.parentId ?? null)) return
    const question = this.messages.findLast(({ role }) => role === "user")
    if (question) void this.readMissed(question.id)
  }

  private stopAtServer(): void {
    stopAnswer(this.options.id).catch((error: unknown) => {
      this.stopped = false
      this.set({ stopping: false })
      complain(error)
    })
  }

  protected failed(error: Error): void {
    const { attempt } = this
    // A fault of the model server is told in the message itself.
    if (!(error instanceof ApiError) && attempt?.accepted !== false) return
    const code = error instanceof ApiError ? error.code : "server:internal"
    if (code === "conversation:busy" && attempt?.wait) {
      this.attempt = { ...attempt, giveBack: attempt.wait }
      this.putBack()
      this.set({ awaited: null, status: "ready" })
      void this.waitForTurn()
      return
    }
    if (code !== "network") this.sure()
    const retry = attempt && !attempt.accepted ? attempt.again : () => void this.reload()
    this.putBack()
    this.set({ awaited: null, status: "error", refusal: { code, message: sentenceOf(error), retry } })
  }

  /** Another turn was first: its answer is followed; where that has ended, the message that waits is sent again soon. */
  private async waitForTurn(): Promise<void> {
    this.held = true
    await this.reload()
    if (!this.isAnswered) await retryWait(this.refusals++, new AbortController().signal)
    this.held = false
    this.settle()
  }

  private get isAnswered(): boolean {
    return isBusy({ status: "ready", messages: this.messages, compared: this.state.compared })
  }

  /** Undoes what a turn that was not taken had changed on the page. */
  private putBack(): void {
    const { attempt } = this
    this.attempt = null
    if (!attempt || attempt.accepted) return
    this.messages = withEarlier(this.messages, attempt.messages)
    this.set({ siblings: attempt.siblings, compared: attempt.compared })
    attempt.giveBack()
  }

  protected finished(): void {
    // Given up before the server had it: stopped while it could not be reached, or the page was left.
    this.putBack()
    this.set({ awaited: null, stopping: false })
    this.options.onEnded()
    if (this.outdated) void this.readStored()
    // The engine is done with this answer a moment later.
    else setTimeout(() => this.settle())
  }
}
