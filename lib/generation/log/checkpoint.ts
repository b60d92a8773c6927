/**
 * The durable copy of the live logs: what was appended since the last time, for all running generations
 * together, in one transaction. It never holds up a stream.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { UIMessageChunk } from "ai"
import { appendChunks, type ChunkRow } from "@/lib/db/generations"
import { joinChunks, lengthOf } from "@/lib/generation/log/chunks"
import { logFault } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Milliseconds between two writes: the most of an answer that a crash can cost. */
export const CHECKPOINT_MS = 100

interface Pending {
  seq: number
  chunks: UIMessageChunk[]
}

interface Piece extends Pending {
  generationId: string
}

/** Characters of one statement, unless a chunk is longer: SQLite works on it in this thread, all others wait. */
const MOST_OF_STATEMENT = 128_000

/** What waits, in pieces that are written one after the other. */
function statementsOf(pending: Map<string, Pending>): Piece[][] {
  const statements: Piece[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const [generationId, { seq, chunks }] of pending) {
    let piece: Piece | null = null
    for (const [index, chunk] of chunks.entries()) {
      size += lengthOf(chunk)
      if (size > MOST_OF_STATEMENT) {
        statements.push([])
        size = lengthOf(chunk)
        piece = null
      }
      if (!piece) {
        piece = { generationId, seq: seq + index, chunks: [] }
        statements.at(-1)?.push(piece)
      }
      piece.chunks.push(chunk)
    }
  }
  return statements
}

const rowOf = ({ generationId, seq, chunks }: Piece): ChunkRow => ({
  generationId,
  seq,
  lastSeq: seq + chunks.length - 1,
  events: joinChunks(chunks),
})

/** Those of this process. */
export const checkpoints = () => singleton("checkpoints", () => new Checkpoints())

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
    const statements = statementsOf(this.pending)
    this.pending.clear()
    for (let done = 0; done < statements.length; done++)
      try {
        await this.store((statements[done] ?? []).map(rowOf))
        if (done < statements.length - 1) await nextTurn()
      } catch (error) {
        logFault("checkpoint", error)
        for (const left of statements.slice(done).flat().reverse()) this.putBack(left.generationId, left)
        return
      }
  }

  private putBack(generationId: string, old: Pending): void {
    const newer = this.pending.get(generationId)
    this.pending.set(generationId, { seq: old.seq, chunks: [...old.chunks, ...(newer?.chunks ?? [])] })
    this.timer ??= setTimeout(() => void this.flush(), this.everyMs * 10)
  }
}
