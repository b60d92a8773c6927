/** Reads a model server's stream at the pace of this process: never for long in one turn of the event loop. */
import type { Readable } from "node:stream"
import type { WireCall } from "@/lib/ai/wire/tap"
import { batchDelayMs } from "@/lib/observe/loop-delay"

/** Characters that may wait before reading from the server is paused. */
export const MAX_WAITING = 1_000_000
/** Bytes that are processed at once, however far this process is behind. */
const MAX_GATHERED = 100_000
/** Bytes per read, and milliseconds that reading may hold the event loop before it yields. */
const SLICE = 16_384
const LONGEST_TURN_MS = 8

/** The consumer of what was read. */
interface Taking {
  /** Characters waiting there. */
  size: number
  ended: object | null
  add(text: string): void
  end(text: string, how: { error?: unknown }): void
}

/**
 * Reads the bytes into `waiting`: as they arrive while this process keeps up, otherwise in batches. `call` is told,
 * too.
 */
export function readPaced(bytes: Readable, waiting: Taking, call?: WireCall): void {
  const decoder = new TextDecoder()
  const turn = new Turn(LONGEST_TURN_MS)
  const gathered: Uint8Array[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  let over: { error?: unknown } | null = null
  let told = false
  const take = (text: string) => {
    call?.heard(text)
    waiting.add(text)
  }
  const add = () => {
    clearTimeout(timer)
    timer = undefined
    for (let piece = gathered.shift(); piece; piece = gathered.shift()) {
      turn.work(() => take(decoder.decode(piece, { stream: true })))
      // A single piece may contain a thousand events, and a single turn many pieces.
      if (turn.isOver) {
        bytes.pause()
        return turn.next(add)
      }
    }
    size = 0
    if (over) {
      // The stream's end and close events may arrive separately.
      if (!told) {
        call?.ended(over.error)
        waiting.end(decoder.decode(), over)
      }
      told = true
      return
    }
    if (waiting.ended) return
    if (waiting.size > MAX_WAITING) bytes.pause()
    else if (bytes.isPaused()) bytes.resume()
  }
  const end = (how: { error?: unknown } = {}) => {
    over ??= how
    if (!turn.isOver) add()
  }
  const gather = (bytesOfPiece: Uint8Array) => {
    for (let at = 0; at < bytesOfPiece.byteLength; at += SLICE) gathered.push(bytesOfPiece.subarray(at, at + SLICE))
    size += bytesOfPiece.byteLength
    if (turn.isOver) return void bytes.pause()
    const ms = size > MAX_GATHERED ? 0 : batchDelayMs()
    if (ms > 0) timer ??= setTimeout(add, ms)
    else add()
  }
  // Reads what arrived with the response head now: otherwise it would only flow once the SDK has built its streams.
  for (let piece = bytes.read(); piece !== null; piece = bytes.read()) gather(piece)
  bytes.on("data", gather)
  bytes.on("end", () => end())
  bytes.on("error", (error) => end({ error }))
  // A stream that closes without either was destroyed, and nobody waits for it.
  bytes.on("close", () => end())
}

/** Tracks how long one turn of the event loop has been used, over all pieces that arrived in it. */
class Turn {
  isOver = false
  private spent = 0
  private passing = false
  private after = () => {}

  constructor(private readonly longestMs: number) {}

  work(piece: () => void): void {
    const began = performance.now()
    piece()
    this.spent += performance.now() - began
    if (this.spent > this.longestMs) this.isOver = true
    if (this.spent > this.longestMs / 4) this.pass()
  }

  /** `after` is called when the next turn begins. */
  next(after: () => void): void {
    this.after = after
  }

  private pass(): void {
    if (this.passing) return
    this.passing = true
    setImmediate(() => {
      const after = this.after
      this.isOver = false
      this.spent = 0
      this.passing = false
      this.after = () => {}
      after()
    })
  }
}
