/** Actions on one of several compared answers while the others continue. */
import { v7 as uuidv7 } from "uuid"
import { continueAnswer, judgeAnswers, keepAnswer, reopenAnswers, stopAnswer } from "@/components/base/conversation-api"
import { isStreaming } from "@/components/base/message-content"
import { mergeableAnswers, placeholderAnswer } from "@/components/session/comparison"
import { complain } from "@/components/session/complain"
import type { ExpectedAnswer } from "@/components/session/events"
import type { FollowedAnswers } from "@/components/session/followed-answers"
import type { SessionOptions } from "@/components/session/options"
import { askedOf } from "@/components/session/queue"
import type { Reading } from "@/components/session/reading"
import type { SessionStore } from "@/components/session/store"
import { chatRequest } from "@/components/stream/chat-request"
import type { ConversationView } from "@/lib/chat/conversation.types"
import type { VerdictRequest } from "@/lib/chat/requests"
import { isMerged } from "@/lib/messages/merged"
import type { ChatMessage } from "@/lib/messages/types"

interface ComparedOptions {
  options: SessionOptions
  store: SessionStore
  answers: FollowedAnswers
  reading: Reading
  /** An answer was kept: turns waiting for that can be sent. */
  onKept: () => void
}

export class ComparedAnswers {
  constructor(private readonly around: ComparedOptions) {}

  find(messageId: string): ChatMessage | undefined {
    return this.around.store.state.compared.find(({ id }) => id === messageId)
  }

  /** A new set of answers to request from the models compared for this question; null when only one model was asked. */
  askedBeside(questionId: string): { answers: ExpectedAnswer[]; blind?: true } | null {
    const { options, store } = this.around
    const asked = store.state.compared.filter((answer) => answer.metadata?.parentId === questionId && !isMerged(answer))
    const blind = asked.some(({ metadata }) => metadata?.blind)
    // While names are hidden, only the model picker knows them.
    const chosen = options.comparing()
    const models = blind && chosen.blind ? chosen.models : asked.flatMap(({ metadata }) => metadata?.model ?? [])
    if (models.length < 2) return null
    const { compare = [] } = askedOf({ models, ...(blind && { blind }) })
    const answers = compare.map(({ model, responseId }) => ({ id: responseId, model }))
    return { answers, ...(blind && { blind }) }
  }

  /** Submits a verdict on the answers, which also reveals their models. Resolves to false when the request failed. */
  judge = (verdict: VerdictRequest): Promise<boolean> =>
    this.change(() => judgeAnswers(this.around.options.id, verdict, this.around.reading.loaded))

  /** Reopens the comparison after an answer was kept. Resolves to false when the request failed. */
  reopen = (messageId: string): Promise<boolean> =>
    this.change(() => reopenAnswers(this.around.options.id, messageId, this.around.reading.loaded))

  private async change(ask: () => Promise<ConversationView>): Promise<boolean> {
    try {
      this.around.reading.show(await ask())
      return true
    } catch (error) {
      complain(error)
      return false
    }
  }

  /** Has one model merge the existing answers into one, replacing an earlier merged answer. */
  merge(model: string): void {
    const { options, store, answers } = this.around
    const { compared, messages } = store.state
    const sources = mergeableAnswers(compared)
    const { output, parentId = null } = sources[0]?.metadata ?? {}
    const responseId = uuidv7()
    const turn = { ...options.turn(), model, output, responseId, merges: sources[0]?.id }
    const request = chatRequest(options.id, messages, turn)
    if (!request) return
    const empty = placeholderAnswer({ id: responseId, model, parentId, createdAt: new Date().toISOString() })
    const from = sources.flatMap(({ metadata }) => metadata?.model ?? [])
    const place: ChatMessage = {
      ...empty,
      ...(empty.metadata && { metadata: { ...empty.metadata, merged: { from } } }),
    }
    const ask = async () => {
      await (await answers.post(request, new AbortController().signal)).body?.cancel()
    }
    const old = compared.find(isMerged)
    if (old) this.replaceWhile(old, place, ask)
    else this.addWhile(place, ask)
  }

  /** Continues from this answer; the others stay as its versions. Resolves to false when the request failed. */
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

  /** This answer was kept, in this tab or another: a different set may already be under comparison. */
  heardKept = (messageId: string): void => {
    if (!this.find(messageId)) return
    this.leave()
    void this.around.reading.reload()
  }

  /** Stops one of the answers, keeping what it has so far. */
  stopOne = (messageId: string): void => {
    stopAnswer(this.around.options.id, messageId).catch(complain)
  }

  /**
   * Requests another answer from the same model, or a different one, in place of this one, which stays as a version.
   */
  askAgain(messageId: string, by?: string): void {
    const { options, store, answers } = this.around
    const old = this.find(messageId)
    if (!old || isStreaming(old.metadata)) return
    // When the model name is hidden, the server knows which one it is.
    const { output, parentId = null, blind, merged } = old.metadata ?? {}
    const model = by ?? old.metadata?.model
    const responseId = uuidv7()
    const turn = { ...options.turn(), model, output, responseId, replaces: messageId }
    const request = chatRequest(options.id, store.state.messages, turn)
    if (!request) return
    const empty = placeholderAnswer({ id: responseId, model, blind, parentId, createdAt: new Date().toISOString() })
    const place = { ...empty, ...(merged && empty.metadata && { metadata: { ...empty.metadata, merged } }) }
    this.replaceWhile(old, place, async () => {
      // Its events arrive on the same stream as the others.
      await (await answers.post(request, new AbortController().signal)).body?.cancel()
    })
  }

  /** Continues one of the answers that broke off. */
  goOn(messageId: string): void {
    const old = this.find(messageId)
    if (!old?.metadata) return
    const place: ChatMessage = { ...old, metadata: { ...old.metadata, status: "streaming", error: undefined } }
    this.replaceWhile(old, place, () => continueAnswer(this.around.options.id, messageId, uuidv7()))
  }

  /** Shows `place` immediately and follows it once the server accepts; restores the old answer on failure. */
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

  /** Shows an additional answer immediately and follows it once the server accepts; removes it on failure. */
  private addWhile(place: ChatMessage, ask: () => Promise<void>): void {
    const { store, answers } = this.around
    store.dispatch({ type: "added", answer: place })
    ask()
      .then(() => answers.follow([place.id]))
      .catch((error: unknown) => {
        store.dispatch({ type: "unadded", messageId: place.id })
        complain(error)
      })
  }

  private leave(): void {
    this.around.answers.leave()
    this.around.store.dispatch({ type: "comparisonLeft" })
  }
}
