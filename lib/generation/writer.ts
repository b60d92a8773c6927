import type { UIMessageChunk } from "ai"
import { CONTENT, joinChunks } from "@/lib/generation/chunks"
import { runtime } from "@/lib/generation/runtime"

export interface ChunkWriter {
  write(chunk: UIMessageChunk): void
  /** Joined chunks of everything written. */
  snapshot(): UIMessageChunk[]
  /** Resolves when everything written is in the log. What comes from now on goes to the followers only. */
  settle(): Promise<void>
  /** Tells the followers the end; nothing is written any more. */
  end(last: UIMessageChunk[]): Promise<void>
}

/** Chunks after which the snapshot is joined anew. */
const JOIN_AT = 256

/**
 * The only writer of a generation's log. What is written in one turn of the event loop is appended together,
 * deltas joined, and handed to the checkpoints; the first words are appended, the end of a tool call is stored at once.
 */
export function createWriter(generationId: string): ChunkWriter {
  const { log, checkpoints } = runtime()
  let batch: UIMessageChunk[] = []
  let all: UIMessageChunk[] = []
  let joinedUpTo = 0
  let begun = false
  let scheduled: NodeJS.Immediate | null = null
  let appending: Promise<void> = Promise.resolve()
  let settled = false
  let ended = false

  const append = () => {
    scheduled = null
    const chunks = joinChunks(batch)
    batch = []
    if (chunks.length === 0) return
    appending = appending.then(async () => {
      const last = await log.append(generationId, chunks)
      if (settled) return
      checkpoints.add(generationId, last - chunks.length + 1, chunks)
      if (chunks.some(({ type }) => type === "tool-output-available" || type === "tool-output-error"))
        void checkpoints.flush()
    })
  }

  const flush = () => {
    if (scheduled) clearImmediate(scheduled)
    append()
    return appending
  }

  return {
    write: (chunk) => {
      // A title may come when the answer is over; it is in the database.
      if (ended) return
      batch.push(chunk)
      all.push(chunk)
      if (all.length - joinedUpTo >= JOIN_AT) {
        all = joinChunks(all)
        joinedUpTo = all.length
      }
      // The first words don't wait for what the SDK has to do in this turn.
      if (!begun && CONTENT.has(chunk.type)) {
        begun = true
        void flush()
      } else scheduled ??= setImmediate(append)
    },
    snapshot: () => joinChunks(all),
    settle: async () => {
      await flush()
      settled = true
    },
    end: async (last) => {
      const written = flush()
      ended = true
      await written
      await log.append(generationId, last)
      await log.end(generationId)
    },
  }
}
