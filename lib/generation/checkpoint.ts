/**
 * The durable copy of the live logs: what was appended since the last time, for all running generations
 * together, in one transaction. It never holds up a stream.
 */
import type { UIMessageChunk } from "ai"
import { appendChunks, type ChunkRow } from "@/lib/db/generations"
import { joinChunks } from "@/lib/generation/chunks"
import { logFault } from "@/lib/log"

/** Milliseconds between two writes: the most of an answer that a crash can cost. */
export const CHECKPOINT_MS = 100

interface Pending {
  seq: number
  chunks: UIMessageChunk[]
}

export class Checkpoints {
  private readonly pending = new Map<string, Pending>()
  private timer: NodeJS.Timeout | null = null
  private writing: Promise<void> = Promise.resolve()
  /** A write stands in line. */
  private waits = false

  constructor(
    private readonly store: (rows: ChunkRow[]) => Promise<void> = appendChunks,
    private readonly everyMs = CHECKPOINT_MS,
  ) {}

  /** Chunks that were appended to the log from number `seq` on. */
  add(generationId: string, seq: number, chunks: UIMessageChunk[]): void {
    const pending = this.pending.get(generationId)
    if (pending) for (const chunk of chunks) pending.chunks.push(chunk)
    else this.pending.set(generationId, { seq, chunks: [...chunks] })
    this.timer ??= setTimeout(() => void this.flush(), this.everyMs)
  }

  /** Writes what waits; resolves when it is stored. A failure is logged and tried again with the next write. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    // One that has not begun takes along what has come since.
    if (!this.waits) {
      this.waits = true
      this.writing = this.writing.then(() => this.write())
    }
    return this.writing
  }

  /**
   * Holds back what waits of a generation whose message is about to be written whole. Resolves, when no write of it is
   * under way, with what takes that back: the message could not be written.
   */
  async hold(generationId: string): Promise<() => void> {
    const take = () => {
      const taken = this.pending.get(generationId)
      this.pending.delete(generationId)
      return taken
    }
    const newer = take()
    await this.writing
    // A write that failed has put back what it had.
    const older = take()
    return () => {
      for (const held of [newer, older]) if (held) this.putBack(generationId, held)
    }
  }

  private async write(): Promise<void> {
    this.waits = false
    const taken = [...this.pending]
    if (taken.length === 0) return
    this.pending.clear()
    try {
      await this.store(
        taken.map(([generationId, { seq, chunks }]) => ({
          generationId,
          seq,
          lastSeq: seq + chunks.length - 1,
          events: joinChunks(chunks),
        })),
      )
    } catch (error) {
      logFault("checkpoint", error)
      for (const [id, old] of taken) this.putBack(id, old)
    }
  }

  private putBack(generationId: string, old: Pending): void {
    const newer = this.pending.get(generationId)
    this.pending.set(generationId, { seq: old.seq, chunks: [...old.chunks, ...(newer?.chunks ?? [])] })
    this.timer ??= setTimeout(() => void this.flush(), this.everyMs * 10)
  }
}
