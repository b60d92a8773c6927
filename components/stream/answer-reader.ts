/** Streams one answer, or several compared ones. Loaded when an answer is first needed. */
import type { UIMessageChunk } from "ai"
import { type Connection, type FirstResponse, followAnswers } from "@/components/stream/follow-answers"
import { GrowingMessage } from "@/components/stream/growing-message"
import { postTurn } from "@/components/stream/post-turn"
import type { ChatRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"

/** Milliseconds between renders of growing answers. */
const DRAW_EVERY_MS = 50

interface ReaderOptions {
  chatId: string
  /** The current state of answers, at most every 50 ms. */
  onMessages: (answers: ChatMessage[]) => void
  onTitle: (title: string) => void
  onConnection: (connection: Connection) => void
  /** Answers ended: `seen` were read to the end and already reported, `gone` ended without being read to the end. */
  onEnded: (answers: { seen: string[]; gone: string[] }) => void
  /** The server refuses permanently: nothing is followed anymore. */
  onError: (error: unknown) => void
}

export class AnswerReader {
  /** For each followed answer, the number of the last event seen. */
  private readonly places = new Map<string, number>()
  private readonly growing = new Map<string, GrowingMessage>()
  /** Ids of the answers that have changed since they were last shown. */
  private readonly changed = new Set<string>()
  private connection = new AbortController()
  private timer: ReturnType<typeof setTimeout> | undefined
  private drawnAt = Number.NEGATIVE_INFINITY

  constructor(private readonly options: ReaderOptions) {}

  /** Posts the turn. Throws `ApiError` when the server rejects it, and the signal's reason when aborted. */
  post(request: ChatRequest, signal: AbortSignal): Promise<Response> {
    return postTurn(request, { onConnection: this.options.onConnection, signal })
  }

  /** Reads these answers from the beginning, in addition to those already followed. */
  follow(ids: string[], response: Response | null = null): void {
    for (const id of ids) {
      this.places.set(id, -1)
      this.growing.set(id, new GrowingMessage(id))
    }
    // One connection carries all answers: ends the current one and opens another that resumes where it stopped.
    this.connection.abort()
    this.connection = new AbortController()
    const { signal } = this.connection
    this.run(response && { response, ids }, signal).catch((error: unknown) => {
      if (signal.aborted) return
      this.leave()
      this.options.onError(error)
    })
  }

  /** Stops following all answers; they continue on the server. */
  leave(): void {
    this.connection.abort()
    clearTimeout(this.timer)
    this.timer = undefined
    this.places.clear()
    this.growing.clear()
    this.changed.clear()
  }

  private async run(first: FirstResponse | null, signal: AbortSignal): Promise<void> {
    const { chatId, onConnection, onEnded } = this.options
    for await (const batch of followAnswers({ chatId, places: this.places, first, onConnection, signal })) {
      const seen: string[] = []
      const gone: string[] = []
      for (const { messageId, news } of batch) {
        if (news === "done") seen.push(messageId)
        else if (news === "gone") gone.push(messageId)
        else this.take(messageId, news)
      }
      if (seen.length + gone.length === 0) continue
      await this.publish()
      const isHere = (id: string) => this.growing.delete(id)
      const here = { seen: seen.filter(isHere), gone: gone.filter(isHere) }
      if (here.seen.length + here.gone.length > 0) onEnded(here)
    }
  }

  private take(messageId: string, chunk: UIMessageChunk): void {
    if (chunk.type === "data-title") {
      const { data } = chunk
      if (isTitle(data) && data.conversationId === this.options.chatId) this.options.onTitle(data.title)
      return
    }
    this.growing.get(messageId)?.take(chunk)
    this.changed.add(messageId)
    const wait = Math.max(0, this.drawnAt + DRAW_EVERY_MS - performance.now())
    this.timer ??= setTimeout(() => void this.publish(), wait)
  }

  /** Waits briefly for tool arguments that are being parsed; if they take longer, they are rendered later. */
  private async read(ids: string[], reading: Promise<unknown>): Promise<void> {
    let late = false
    const done = reading.then(() => {
      if (!late) return
      for (const id of ids) if (this.growing.has(id)) this.changed.add(id)
      if (this.changed.size > 0) this.timer ??= setTimeout(() => void this.publish())
    })
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, READ_WITHIN_MS))])
    late = true
  }

  private async publish(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    const ids = [...this.changed]
    this.changed.clear()
    const reading = ids.flatMap((id) => this.growing.get(id)?.readArguments() ?? [])
    if (reading.length > 0) await this.read(ids, Promise.all(reading))
    const answers = ids.flatMap((id) => this.growing.get(id)?.message() ?? [])
    this.drawnAt = performance.now()
    if (answers.length > 0) this.options.onMessages(answers)
  }
}

/** Milliseconds a render waits for tool arguments to be parsed: the parser may have to be loaded first. */
const READ_WITHIN_MS = 50

const isTitle = (data: unknown): data is { conversationId: string; title: string } =>
  typeof data === "object" &&
  data !== null &&
  "conversationId" in data &&
  "title" in data &&
  typeof data.title === "string"
