/** The answers that are compared, as they grow. Fetched when models are first compared. */
import type { UIMessageChunk } from "ai"
import type { Connection } from "@/components/stream/follow-answer"
import { followAnswers } from "@/components/stream/follow-answers"
import { GrowingMessage } from "@/components/stream/growing-message"
import { postTurn } from "@/components/stream/transport"
import type { ChatRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"

/** Milliseconds between two drawings of growing answers. */
const DRAW_EVERY_MS = 50

interface ComparedOptions {
  chatId: string
  /** Answers as they are now, at most every 50 ms. */
  onMessages: (messages: Map<string, ChatMessage>) => void
  onTitle: (title: string) => void
  onConnection: (connection: Connection) => void
  /** One ended out of sight, and has to be read; the others are still followed. */
  onGone: () => void
  /** None is being followed any more; `outdated`: some ended out of sight, and have to be read. */
  onEnd: (outdated: boolean) => void
  onError: (error: Error) => void
}

export class ComparedAnswers {
  /** Of those that are followed, the number of the last event that was seen. */
  private readonly places = new Map<string, number>()
  private readonly growing = new Map<string, GrowingMessage>()
  /** Ids of those that have changed since they were shown. */
  private readonly changed = new Set<string>()
  private connection = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  private outdated = false

  constructor(private readonly options: ComparedOptions) {}

  isFollowed = (id: string): boolean => this.places.has(id)

  get isFollowing(): boolean {
    return this.places.size > 0
  }

  /** Posts the turn; throws `ApiError` when the server does not take it. */
  post(request: ChatRequest, signal: AbortSignal): Promise<Response> {
    const { onConnection } = this.options
    return postTurn(request, { onConnection, signal }).finally(() => onConnection("open"))
  }

  /** Reads these answers from their beginning on, beside those that are followed already. */
  follow(ids: string[], first: Response | null = null): void {
    for (const id of ids) {
      this.places.set(id, -1)
      this.growing.set(id, new GrowingMessage(id))
    }
    // One connection carries all: that of the others ends, the next begins behind what they brought.
    this.connection.abort()
    this.connection = new AbortController()
    this.run(first, this.connection.signal).catch((error: unknown) => {
      if (error instanceof Error && error.name !== "AbortError") this.options.onError(error)
    })
  }

  /** Follows none any more; the answers go on at the server. */
  leave(): void {
    this.connection.abort()
    clearTimeout(this.timer)
    this.timer = undefined
    this.places.clear()
    this.growing.clear()
    this.changed.clear()
  }

  private async run(first: Response | null, signal: AbortSignal): Promise<void> {
    const { chatId, onConnection, onGone, onEnd } = this.options
    for await (const batch of followAnswers({ chatId, places: this.places, first, onConnection, signal })) {
      for (const { messageId, news } of batch) {
        if (news === "gone") this.outdated = true
        if (typeof news !== "string") this.take(messageId, news)
        else this.publishLast(messageId)
      }
      if (!this.outdated || this.places.size === 0) continue
      this.outdated = false
      onGone()
    }
    if (signal.aborted) return
    this.publish()
    const outdated = this.outdated
    this.outdated = false
    onEnd(outdated)
  }

  private take(messageId: string, chunk: UIMessageChunk): void {
    if (chunk.type === "data-title") {
      const { data } = chunk
      if (isTitle(data)) this.options.onTitle(data.title)
      return
    }
    this.growing.get(messageId)?.take(chunk)
    this.changed.add(messageId)
    this.timer ??= setTimeout(() => this.publish(), DRAW_EVERY_MS)
  }

  /** An answer is over: it is shown as it is. */
  private publishLast(messageId: string): void {
    this.publish()
    this.growing.delete(messageId)
  }

  private publish(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.changed.size === 0) return
    const messages = new Map<string, ChatMessage>()
    for (const id of this.changed) {
      const message = this.growing.get(id)?.message()
      if (message) messages.set(id, message)
    }
    this.changed.clear()
    this.options.onMessages(messages)
  }
}

const isTitle = (data: unknown): data is { title: string } =>
  typeof data === "object" && data !== null && "title" in data && typeof data.title === "string"
