/** The answers a page follows. The stream reader is loaded on first use, so an empty page does not need it. */
import { unreachable } from "@/components/base/api"
import { loadCode } from "@/components/base/load-code"
import { complain } from "@/components/session/complain"
import { unfollowedAnswerIds } from "@/components/session/state"
import type { SessionStore } from "@/components/session/store"
import type { AnswerReader } from "@/components/stream/answer-reader"
import type { ChatRequest } from "@/lib/chat/requests"

interface FollowedOptions {
  chatId: string
  store: SessionStore
  onTitle: (title: string) => void
  /** Some answers ended; `gone`: at least one without being read to the end. */
  onEnded: (gone: boolean) => void
  /** No answer can be followed anymore. */
  onError: (error: unknown) => void
}

export class FollowedAnswers {
  private loading: Promise<AnswerReader> | null = null
  private reader: AnswerReader | null = null

  constructor(private readonly options: FollowedOptions) {}

  /** Loads the reader. Throws `ApiError` without a connection; the next call retries. */
  load(): Promise<AnswerReader> {
    this.loading ??= this.fetchReader().catch((error: unknown) => {
      this.loading = null
      throw error
    })
    return this.loading
  }

  /** Posts a turn. Throws `ApiError` when the server rejects it, and the signal's reason when aborted. */
  async post(request: ChatRequest, signal: AbortSignal): Promise<Response> {
    const reader = await this.load()
    return reader.post(request, signal)
  }

  /** Reads these answers from the beginning; `response` is the response of the turn that requested them. */
  async follow(ids: string[], response: Response | null = null): Promise<void> {
    const reader = await this.load()
    this.options.store.dispatch({ type: "followed", ids })
    reader.follow(ids, response)
  }

  /** Resumes reading answers that are still being written, if any. */
  async resume(signal: AbortSignal): Promise<void> {
    const { store } = this.options
    if (unfollowedAnswerIds(store.state).length === 0) return
    try {
      await this.load()
      const ids = signal.aborted ? [] : unfollowedAnswerIds(store.state)
      if (ids.length > 0) await this.follow(ids)
    } catch (error) {
      complain(error)
    }
  }

  /** Stops following all answers; they continue on the server. */
  leave(): void {
    this.reader?.leave()
  }

  private async fetchReader(): Promise<AnswerReader> {
    const { chatId, store, onTitle, onEnded, onError } = this.options
    const { AnswerReader } = await loadCode(() => import("@/components/stream/answer-reader")).catch(
      (cause: unknown) => {
        throw unreachable(cause)
      },
    )
    this.reader = new AnswerReader({
      chatId,
      onMessages: (answers) => store.dispatch({ type: "grew", answers }),
      onTitle,
      onConnection: (connection) => store.dispatch({ type: "connection", connection }),
      onEnded: ({ seen, gone }) => {
        store.dispatch({ type: "ended", seen, gone })
        onEnded(gone.length > 0)
      },
      onError,
    })
    return this.reader
  }
}
