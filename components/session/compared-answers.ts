/** What can be done with one of several answers that are compared, while the others go on. */
import { v7 as uuidv7 } from "uuid"
import { continueAnswer, keepAnswer, stopAnswer } from "@/components/base/conversation-api"
import { isStreaming } from "@/components/base/message-content"
import { emptyAnswer } from "@/components/session/comparison"
import { complain } from "@/components/session/complain"
import type { AnswerToCome } from "@/components/session/events"
import type { FollowedAnswers } from "@/components/session/followed-answers"
import type { SessionOptions } from "@/components/session/options"
import type { Reading } from "@/components/session/reading"
import type { SessionStore } from "@/components/session/store"
import { chatRequest } from "@/components/stream/chat-request"
import type { ChatMessage } from "@/lib/messages/types"

interface ComparedOptions {
  options: SessionOptions
  store: SessionStore
  answers: FollowedAnswers
  reading: Reading
  /** One was kept: what waited for that may go. */
  onKept: () => void
}

export class ComparedAnswers {
  constructor(private readonly around: ComparedOptions) {}

  find(messageId: string): ChatMessage | undefined {
    return this.around.store.state.compared.find(({ id }) => id === messageId)
  }

  /** The models whose answers to this question are compared, to be asked once more; none when it was asked of one. */
  askedBeside(questionId: string): AnswerToCome[] {
    const asked = this.around.store.state.compared.filter(({ metadata }) => metadata?.parentId === questionId)
    const models = asked.flatMap(({ metadata }) => metadata?.model ?? [])
    return models.length > 1 ? models.map((model) => ({ id: uuidv7(), model })) : []
  }

  /** Goes on from this answer; the others stay as versions beside it. False when that did not work. */
  keep = async (messageId: string): Promise<boolean> => {
    const { options, reading, onKept } = this.around
    const kept = this.find(messageId)
    if (!kept) return false
    try {
      const view = await keepAnswer(options.id, messageId, reading.loaded)
      this.leave()
      reading.show(view)
      if (kept.metadata?.model) options.onKept(kept.metadata.model)
      onKept()
      return true
    } catch (error) {
      complain(error)
      return false
    }
  }

  /** Another tab has kept an answer. */
  heardKept = (): void => {
    if (this.around.store.state.compared.length === 0) return
    this.leave()
    void this.around.reading.reload()
  }

  /** Ends one of the answers; what came of it stays. */
  stopOne = (messageId: string): void => {
    stopAnswer(this.around.options.id, messageId).catch(complain)
  }

  /** Asks for another answer of the same model in the place of this one, which stays as a version. */
  askAgain(messageId: string): void {
    const { options, store, answers } = this.around
    const old = this.find(messageId)
    if (!old || isStreaming(old.metadata)) return
    const { model, output, parentId = null } = old.metadata ?? {}
    const responseId = uuidv7()
    const turn = { ...options.turn(), model, output, responseId, replaces: messageId }
    const request = chatRequest(options.id, store.state.messages, turn)
    if (!request) return
    const place = emptyAnswer({ id: responseId, model, parentId, createdAt: new Date().toISOString() })
    this.replaceWhile(old, place, async () => {
      // Its events come with those of the others.
      await (await answers.post(request, new AbortController().signal)).body?.cancel()
    })
  }

  /** Goes on with one of the answers that broke off. */
  goOn(messageId: string): void {
    const old = this.find(messageId)
    if (!old?.metadata) return
    const place: ChatMessage = { ...old, metadata: { ...old.metadata, status: "streaming", error: undefined } }
    this.replaceWhile(old, place, () => continueAnswer(this.around.options.id, messageId, uuidv7()))
  }

  /** Shows `place` at once and follows it when the server has it; else what was there stands there again. */
  private replaceWhile(old: ChatMessage, place: ChatMessage, ask: () => Promise<void>): void {
    const { store, answers } = this.around
    store.dispatch({ type: "replaced", messageId: old.id, by: place })
    ask()
      .then(() => answers.follow([place.id]))
      .catch((error: unknown) => {
        store.dispatch({ type: "replaced", messageId: place.id, by: old })
        complain(error)
      })
  }

  private leave(): void {
    this.around.answers.leave()
    this.around.store.dispatch({ type: "comparisonLeft" })
  }
}
