/**
 * The durable copy of the live logs: each write stores what all running generations have appended since the last one.
 * It never blocks a stream.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import type { UIMessageChunk } from "ai"
import { appendChunks, type ChunkRow } from "@/lib/db/generations"
import { joinChunks, lengthOf } from "@/lib/generation/log/chunks"
import { logFault } from "@/lib/log"
import { singleton } from "@/lib/singleton"

/** Milliseconds between two writes: the most of an answer that a crash can lose. */
export const CHECKPOINT_MS = 100

interface Pending {
  seq: number
  chunks: UIMessageChunk[]
}

interface Piece extends Pending {
  generationId: string
}

/** Characters per statement, unless a single chunk is longer: SQLite runs on this thread and blocks everything else. */
const MAX_OF_STATEMENT = 128_000

/** The pending chunks, split into statements that are executed one after the other. */
function statementsOf(pending: Map<string, Pending>): Piece[][] {
  const statements: Piece[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const [generationId, { seq, chunks }] of pending) {
    let piece: Piece | null = null
    for (const [index, chunk] of chunks.entries()) {
      size += lengthOf(chunk)
      if (size > MAX_OF_STATEMENT) {
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

/** The checkpoints of this process. */
export const checkpoints = () => singleton("checkpoints", () => new Checkpoints())

export class Checkpoints {
  private readonly pending = new Map<string, Pending>()
  private timer: NodeJS.Timeout | null = null
  private writing: Promise<void> = Promise.resolve()
  /** A write is queued. */
  private waits = false

  constructor(
    private readonly store: (rows: ChunkRow[]) => Promise<void> = appendChunks,
    private readonly everyMs = CHECKPOINT_MS,
  ) {}

  /** Adds chunks that were appended to the log starting at number `seq`. */
  add(generationId: string, seq: number, chunks: UIMessageChunk[]): void {
    const pending = this.pending.get(generationId)
    if (pending) for (const chunk of chunks) pending.chunks.push(chunk)
    else this.pending.set(generationId, { seq, chunks: [...chunks] })
    this.timer ??= setTimeout(() => void this.flush(), this.everyMs)
  }

  /** Writes everything pending; resolves when it is stored. A failure is logged and retried with the next write. */
  flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer)
    this.timer = null
    // A queued write that has not started includes anything added since.
    if (!this.waits) {
      this.waits = true
      this.writing = this.writing.then(() => this.write())
    }
    return this.writing
  }

  /**
   * Holds back the pending chunks of a generation whose message is about to be written in full. Resolves once no write
   * of them is in progress, with a function that restores them if the message could not be written.
   */
  async hold(generationId: string): Promise<() => void> {
    const take = () => {
      const taken = this.pending.get(generationId)
      this.pending.delete(generationId)
      return taken
    }
    const newer = take()
    await this.writing
    // A failed write has put its chunks back.
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
        logFault("writing a checkpoint", error)
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
