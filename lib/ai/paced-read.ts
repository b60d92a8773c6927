/** Reads what a model server sends at the pace of this process: never for long in one turn of the event loop. */
import type { Readable } from "node:stream"
import type { WireCall } from "@/lib/ai/wire/tap"
import { gatheringMs } from "@/lib/observe/loop-delay"

/** Characters that may wait before the server is no longer read. */
export const MAX_WAITING = 1_000_000
/** Bytes that are worked on at once, however late this process is. */
const MAX_GATHERED = 100_000
/** Bytes that are read at once, and milliseconds of one turn of the event loop that reading may take of the others. */
const SLICE = 16_384
const LONGEST_TURN_MS = 8

/** Who takes what was read. */
interface Taking {
  /** Characters that wait there. */
  size: number
  ended: object | null
  add(text: string): void
  end(text: string, how: { error?: unknown }): void
}

/** Reads the bytes into `waiting`: as they come while this process keeps up, else what has gathered. `call` is told, too. */
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
      // A thousand events may come in one piece, and many pieces in one turn.
      if (turn.isOver) {
        bytes.pause()
        return turn.next(add)
      }
    }
    size = 0
    if (over) {
      // The stream's end and its closing may come apart.
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
    const ms = size > MAX_GATHERED ? 0 : gatheringMs()
    if (ms > 0) timer ??= setTimeout(add, ms)
    else add()
  }
  // What came with the head of the answer is read now: it would flow only when the SDK has built its streams.
  for (let piece = bytes.read(); piece !== null; piece = bytes.read()) gather(piece)
  bytes.on("data", gather)
  bytes.on("end", () => end())
  bytes.on("error", (error) => end({ error }))
  // A stream that is closed without either was destroyed: nobody waits for it.
  bytes.on("close", () => end())
}

/** How long one turn of the event loop has been worked on, over all pieces that came in it. */
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

  /** Called when another turn begins. */
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
