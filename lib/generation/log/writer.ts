import type { UIMessageChunk } from "ai"
import { eventLog } from "@/lib/bus/here"
import { MessageBuilder } from "@/lib/chat/message-builder"
import { checkpoints } from "@/lib/generation/log/checkpoint"
import { CONTENT, joinChunks, partsIn, piecesOf } from "@/lib/generation/log/chunks"
import { logFault } from "@/lib/log"
import type { MessageParts } from "@/lib/messages/parts"

export interface ChunkWriter {
  write(chunk: UIMessageChunk): void
  /** The parts that everything written makes. */
  parts(): Promise<MessageParts>
  /** Resolves when everything written is in the log. What comes from now on goes to the followers only. */
  settle(): Promise<void>
  /** Tells the followers the end; nothing is written any more. */
  end(last: UIMessageChunk[]): Promise<void>
}

const asJson = (chunk: UIMessageChunk) => JSON.stringify(chunk)

/** Appends after which more is gathered for the next one, and milliseconds for how long: a log is kept in memory. */
const GATHERING = [
  { after: 100_000, ms: 100 },
  { after: 10_000, ms: 20 },
]

/**
 * The only writer of a generation's log. What is written in one turn of the event loop is appended together,
 * deltas joined, and handed to the checkpoints; the first words are appended, the end of a tool call is stored at once.
 */
export function createWriter(generationId: string): ChunkWriter {
  const log = eventLog()
  let batch: UIMessageChunk[] = []
  let appends = 0
  /** Number of the next event: nobody else writes this log. */
  let next = 0
  let broken = false
  let begun = false
  let scheduled: (() => void) | null = null
  const builder = new MessageBuilder()
  let appending: Promise<void> = Promise.resolve()
  let settled = false
  let ended = false

  /** An answer goes on without its followers: its checkpoints are kept, and its end is stored. */
  const lose = (error: unknown) => {
    broken = true
    logFault(`log of generation ${generationId}`, error)
  }
  const toLog = async (chunks: UIMessageChunk[]) => {
    if (!broken) await log.append(generationId, chunks.map(asJson))
  }

  const append = () => {
    scheduled = null
    const chunks = joinChunks(batch)
    batch = []
    if (chunks.length === 0) return
    appends++
    const first = next
    next += chunks.length
    appending = appending.then(async () => {
      await toLog(chunks).catch(lose)
      if (settled) return
      checkpoints().add(generationId, first, chunks)
      if (chunks.some(({ type }) => type === "tool-output-available" || type === "tool-output-error"))
        void checkpoints().flush()
    })
  }

  const flush = () => {
    scheduled?.()
    append()
    return appending
  }

  /** Appends with what else comes in this turn, or in a while when much has come. Returns how to call it off. */
  const schedule = () => {
    const ms = GATHERING.find(({ after }) => appends > after)?.ms
    if (ms === undefined) {
      const immediate = setImmediate(append)
      return () => clearImmediate(immediate)
    }
    const timer = setTimeout(append, ms)
    return () => clearTimeout(timer)
  }

  return {
    write: (chunk) => {
      // A title may come when the answer is over; it is in the database.
      if (ended) return
      batch.push(...piecesOf(chunk))
      builder.take(chunk)
      // The first words don't wait for what the SDK has to do in this turn.
      if (!begun && CONTENT.has(chunk.type)) {
        begun = true
        void flush()
      } else scheduled ??= schedule()
    },
    parts: () => partsIn(builder),
    settle: async () => {
      await flush()
      settled = true
    },
    end: async (last) => {
      const written = flush()
      ended = true
      await written
      await log.end(generationId, last.map(asJson)).catch(lose)
    },
  }
}
