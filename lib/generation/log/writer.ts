import type { UIMessageChunk } from "ai"
import { eventLog } from "@/lib/bus/here"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { checkpoints } from "@/lib/generation/log/checkpoint"
import { CONTENT, joinChunks, partsIn, piecesOf } from "@/lib/generation/log/chunks"
import { logFault } from "@/lib/log"
import type { MessageParts } from "@/lib/messages/parts"
import type { TurnRecorder } from "@/lib/recording/recorder"

export interface ChunkWriter {
  write(chunk: UIMessageChunk): void
  /** The parts built from everything written. */
  parts(): Promise<MessageParts>
  /** Events in the log so far. */
  length(): number
  /** Resolves when everything written is in the log. From then on, chunks go to the followers only. */
  settle(): Promise<void>
  /** Tells followers that the answer has ended; nothing is written afterwards. */
  end(last: UIMessageChunk[]): Promise<void>
}

const asJson = (chunk: UIMessageChunk) => JSON.stringify(chunk)

/**
 * Number of appends after which more is collected per append, and for how many milliseconds: a log is kept in memory.
 */
const GATHERING = [
  { after: 100_000, ms: 100 },
  { after: 10_000, ms: 20 },
]

/**
 * The only writer of a generation's log. Everything written in one turn of the event loop is appended together, with
 * deltas joined, and passed to the checkpoints; the first words are appended and the end of a tool call is stored
 * immediately. Everything written is recorded as well.
 */
export const createWriter = (generationId: string, recorder?: TurnRecorder): ChunkWriter =>
  new LogWriter(generationId, recorder)

class LogWriter implements ChunkWriter {
  private readonly log = eventLog()
  private readonly builder = new MessageBuilder()
  private batch: UIMessageChunk[] = []
  private appends = 0
  /** Number of the next event; safe to count here because nobody else writes this log. */
  private next = 0
  private broken = false
  private begun = false
  private settled = false
  private ended = false
  /** Cancels the scheduled append. */
  private scheduled: (() => void) | null = null
  private appending: Promise<void> = Promise.resolve()

  constructor(
    private readonly generationId: string,
    private readonly recorder: TurnRecorder | undefined,
  ) {}

  write(chunk: UIMessageChunk): void {
    // A title may arrive after the end of the answer; it is in the database anyway.
    if (this.ended) return
    this.batch.push(...piecesOf(chunk))
    this.builder.take(chunk)
    // The first words don't wait for the SDK's other work in this turn.
    if (!this.begun && CONTENT.has(chunk.type)) {
      this.begun = true
      void this.flush()
    } else this.scheduled ??= this.schedule()
  }

  length(): number {
    return this.next
  }

  parts(): Promise<MessageParts> {
    return partsIn(this.builder)
  }

  async settle(): Promise<void> {
    await this.flush()
    this.settled = true
  }

  async end(last: UIMessageChunk[]): Promise<void> {
    const written = this.flush()
    this.ended = true
    await written
    const events = last.map(asJson)
    this.recorder?.chunks(events)
    await this.log.end(this.generationId, events).catch((error: unknown) => this.lose(error))
  }

  /**
   * Schedules an append at the end of this turn, or later when a lot has been appended already. Returns a function that
   * cancels it.
   */
  private schedule(): () => void {
    const ms = GATHERING.find(({ after }) => this.appends > after)?.ms
    if (ms === undefined) {
      const immediate = setImmediate(this.append)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(this.append, ms)
    return () => clearTimeout(timer)
  }

  private flush(): Promise<void> {
    this.scheduled?.()
    this.append()
    return this.appending
  }

  private append = (): void => {
    this.scheduled = null
    const chunks = joinChunks(this.batch)
    this.batch = []
    if (chunks.length === 0) return
    this.appends++
    const first = this.next
    this.next += chunks.length
    // The log keeps the order; publishing to other processes doesn't delay checkpoints.
    const told = this.tell(chunks)
    this.appending = this.appending.then(() => told)
    if (this.settled) return
    checkpoints().add(this.generationId, first, chunks)
    if (chunks.some(({ type }) => type === "tool-output-available" || type === "tool-output-error"))
      void checkpoints().flush()
  }

  private async tell(chunks: UIMessageChunk[]): Promise<void> {
    try {
      const events = chunks.map(asJson)
      this.recorder?.chunks(events)
      if (!this.broken) await this.log.append(this.generationId, events)
    } catch (error) {
      this.lose(error)
    }
  }

  /** The answer continues without its followers: it is still checkpointed, and its end is stored. */
  private lose(error: unknown): void {
    this.broken = true
    logFault(`log of generation ${this.generationId}`, error)
  }
}
