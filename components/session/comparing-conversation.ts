/** A conversation in which several models may answer one question, and one of their answers is gone on from. */
import { v7 as uuidv7 } from "uuid"
import { continueAnswer, fetchConversation, keepAnswer, stopAnswer } from "@/components/base/conversation-api"
import { isStreaming } from "@/components/base/message-content"
import { retryWait } from "@/components/base/retry-wait"
import { goesOnFrom, worthKeeping } from "@/components/session/comparison"
import { complain, FollowedConversation, type HeardAnswer } from "@/components/session/followed-conversation"
import type { Shown } from "@/components/session/session-state"
import { chatRequest, type TurnOptions } from "@/components/stream/chat-request"
import type { ComparedAnswers } from "@/components/stream/compared-answers"
import { parentIn } from "@/lib/chat/parent-header"
import type { ChatMessage } from "@/lib/messages/types"

export type Compare = NonNullable<TurnOptions["compare"]>

export abstract class ComparingConversation extends FollowedConversation {
  private answers: Promise<ComparedAnswers> | null = null
  private following: ComparedAnswers | null = null
  /** Times in a row that one of them ended out of sight. */
  private gone = 0

  protected isCompared = (messageId: string): boolean => this.state.compared.some(({ id }) => id === messageId)

  /** Goes on from this answer; the others stay as versions beside it. False when that did not work. */
  keep = async (messageId: string): Promise<boolean> => {
    const kept = this.state.compared.find(({ id }) => id === messageId)
    if (!kept) return false
    try {
      const view = await keepAnswer(this.options.id, messageId, this.loaded)
      this.leaveComparison()
      this.show(view)
      if (kept.metadata?.model) this.options.onKept(kept.metadata.model)
      this.settle()
      return true
    } catch (error) {
      complain(error)
      return false
    }
  }

  /** Another tab has kept an answer. */
  heardKept = (): void => {
    if (this.state.compared.length === 0) return
    this.leaveComparison()
    void this.reload()
  }

  /** Ends one of the answers; what came of it stays. */
  stopOne = (messageId: string): void => {
    stopAnswer(this.options.id, messageId).catch((error: unknown) => complain(error))
  }

  protected override hear(answer: HeardAnswer): void {
    const { compared } = this.state
    if (compared.length === 0) {
      super.hear(answer)
      return
    }
    const known = compared.find(({ id }) => id === answer.messageId)
    if (this.following?.isFollowed(answer.messageId) || this.hasAttempt) return
    if (known?.metadata?.status !== answer.status) void this.refresh()
  }

  /** Asks for another answer of the same model in the place of this one, which stays as a version. */
  protected askAgain(messageId: string): void {
    const old = this.state.compared.find(({ id }) => id === messageId)
    if (!old || isStreaming(old.metadata)) return
    const responseId = uuidv7()
    const model = old.metadata?.model
    const turn: TurnOptions = { ...this.options.turn(), model, output: old.metadata?.output, responseId }
    const request = chatRequest(this.options.id, this.messages, { ...turn, replaces: messageId })
    if (!request) return
    this.replace(messageId, emptyAnswer(responseId, model, old.metadata?.parentId ?? null))
    const ask = async () => {
      const answers = await this.loadAnswers()
      // Its events come with those of the others.
      await (await answers.post(request, new AbortController().signal)).body?.cancel()
      answers.follow([responseId])
    }
    ask().catch((error: unknown) => {
      this.replace(responseId, old)
      complain(error)
    })
  }

  /** Goes on with one of the answers that broke off. */
  protected goOnBeside(messageId: string): void {
    const old = this.state.compared.find(({ id }) => id === messageId)
    if (!old?.metadata) return
    this.replace(messageId, { ...old, metadata: { ...old.metadata, status: "streaming", error: undefined } })
    const ask = async () => {
      await continueAnswer(this.options.id, messageId, uuidv7())
      const answers = await this.loadAnswers()
      answers.follow([messageId])
    }
    ask().catch((error: unknown) => {
      this.replace(messageId, old)
      complain(error)
    })
  }

  /** The models whose answers to this question are compared, to be asked once more; undefined when none are. */
  protected askedBeside(questionId: string): Compare | undefined {
    const answers = this.state.compared.filter(({ metadata }) => metadata?.parentId === questionId)
    const models = answers.flatMap(({ metadata }) => metadata?.model ?? [])
    return models.length > 1 ? models.map((model) => ({ model, responseId: uuidv7() })) : undefined
  }

  /** Shows a question and a place for each answer at once, and asks. Returns how to give up. */
  protected runCompared(question: ChatMessage, compare: Compare): () => void {
    const abort = new AbortController()
    this.messages = [...this.messages, question]
    this.set({ compared: compare.map(({ model, responseId }) => emptyAnswer(responseId, model, question.id)) })
    this.postCompared(question, compare, abort.signal).catch((error) =>
      abort.signal.aborted ? this.finished() : this.failed(error),
    )
    return () => abort.abort()
  }

  protected get shown(): Shown {
    const { siblings, compared } = this.state
    return { messages: this.messages, siblings, compared }
  }

  /**
   * The message that the next one follows: of answers that are compared, when none was kept, the one that the page
   * names, which stands alone from now on.
   */
  protected goOnFromBest(): { before: Shown; parentId: string | null } {
    const before = this.shown
    this.keepBest()
    return { before, parentId: this.messages.at(-1)?.id ?? null }
  }

  private keepBest(): void {
    const { compared, siblings } = this.state
    const kept = goesOnFrom(compared)
    if (!kept) return
    const ids = worthKeeping(compared)
    this.messages = [...this.messages, kept]
    this.set({ compared: [], siblings: ids.length > 1 ? { ...siblings, [kept.id]: ids } : siblings })
    if (kept.metadata?.model) this.options.onKept(kept.metadata.model)
  }

  private async postCompared(question: ChatMessage, compare: Compare, signal: AbortSignal): Promise<void> {
    const request = chatRequest(this.options.id, [question], { ...this.turn, compare })
    if (!request) return
    const answers = await this.loadAnswers()
    const response = await answers.post(request, signal)
    this.accepted(parentIn(response))
    answers.follow(
      compare.map(({ responseId }) => responseId),
      response,
    )
  }

  protected override get occupied(): boolean {
    return super.occupied || (this.following?.isFollowing ?? false)
  }

  protected override async resume(): Promise<void> {
    const { compared } = this.state
    if (compared.length === 0) return super.resume()
    const streaming = compared.filter(({ metadata }) => isStreaming(metadata)).map(({ id }) => id)
    if (streaming.length === 0) return
    const answers = await this.loadAnswers()
    const missing = streaming.filter((id) => !answers.isFollowed(id))
    if (missing.length > 0) answers.follow(missing)
  }

  /** The page is left, or the comparison is over: the connection is dropped, the answers go on at the server. */
  protected leaveComparison(): void {
    this.following?.leave()
    this.set({ compared: [] })
  }

  protected stopFollowing(): void {
    this.following?.leave()
  }

  /** Not at once: what the server still calls running, and can't be followed, must not be asked for all the time. */
  private async readGone(): Promise<void> {
    this.gone++
    await retryWait(this.gone, new AbortController().signal)
    await this.refresh()
  }

  /** Reads the answers anew; those that are followed stay as they are here. */
  private async refresh(): Promise<void> {
    try {
      const view = await fetchConversation(this.options.id, this.loaded)
      const here = new Map(this.state.compared.map((message) => [message.id, message]))
      const followed = (message: ChatMessage) =>
        (this.following?.isFollowed(message.id) ? here.get(message.id) : undefined) ?? message
      this.show({ ...view, compared: view.compared.map(followed) })
    } catch (error) {
      complain(error)
    }
  }

  private replace(messageId: string, message: ChatMessage): void {
    this.set({ compared: this.state.compared.map((known) => (known.id === messageId ? message : known)) })
  }

  private loadAnswers(): Promise<ComparedAnswers> {
    this.answers ??= import("@/components/stream/compared-answers").then(({ ComparedAnswers }) => {
      this.following = new ComparedAnswers({
        chatId: this.options.id,
        onMessages: (messages) =>
          this.set({ compared: this.state.compared.map((known) => messages.get(known.id) ?? known) }),
        onTitle: this.options.onTitle,
        onConnection: (connection) => this.set({ connection }),
        onGone: () => void this.readGone(),
        onEnd: (outdated) => {
          if (outdated) this.missed()
          else this.gone = 0
          this.finished()
        },
        onError: (error) => {
          this.following?.leave()
          this.failed(error)
        },
      })
      return this.following
    })
    // Without a connection the code can't come: the next try asks again.
    this.answers.catch(() => {
      this.answers = null
    })
    return this.answers
  }
}

/** Stands for an answer until its first event comes. */
const emptyAnswer = (id: string, model: string | undefined, parentId: string | null): ChatMessage => ({
  id,
  role: "assistant",
  metadata: { parentId, createdAt: new Date().toISOString(), status: "streaming", model },
  parts: [],
})
