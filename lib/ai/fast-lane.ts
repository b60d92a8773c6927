/**
 * The short way of a token. The AI SDK leads every event through some fifteen streams: too much work for each token of
 * many answers at once, and for the first token of any. So text is written as it arrives, the SDK gets it joined a
 * moment later, and what it then says again is left out. It stays the one that decides: about steps, tools, ends and
 * errors, and about every part but the first, which is opened here when the answer begins with plain text.
 */
import type { UIMessageChunk } from "ai"

export type DeltaKind = "text" | "reasoning"

/** Who reads a streamed answer before the SDK does. */
export interface DeltaReader {
  /** Is told of each delta as it arrives; true when its reader has it now, so that the SDK can wait for it. */
  take(kind: DeltaKind, delta: string): boolean
  /** Is told when something comes that only the SDK reads: what follows must not overtake it. */
  other(): void
}

/** A tag of thinking, or what may become one: how the SDK reads on must be waited for. */
const TAG = /<\/?think>|<\/?(?:t(?:h(?:i(?:nk?)?)?)?)?$/

interface Lane {
  /** Id of the part that is open, as it is written, */
  id: string | null
  /** and as the SDK calls it; null until it does. */
  sdkId: string | null
  /** Characters that have come from the model server, */
  received: number
  /** that were written, */
  written: number
  /** and that the SDK has passed on. */
  passed: number
}

type Start = Extract<UIMessageChunk, { type: `${DeltaKind}-start` }>
type End = Extract<UIMessageChunk, { type: `${DeltaKind}-end` }>

const newLane = (): Lane => ({ id: null, sdkId: null, received: 0, written: 0, passed: 0 })

/** Id of the part that is opened here. */
const FIRST = "first"

export class FastLane implements DeltaReader {
  private readonly lanes: Record<DeltaKind, Lane> = { text: newLane(), reasoning: newLane() }
  /** Something has come: a part is the SDK's to open. */
  private begun = false
  /** Who has written the beginning of the step. */
  private step: "nobody" | "us" | "sdk" = "nobody"

  constructor(private readonly write: (chunk: UIMessageChunk) => void) {}

  take(kind: DeltaKind, delta: string): boolean {
    const lane = this.lanes[kind]
    const plain = !TAG.test(delta)
    if (delta !== "" && !this.begun) {
      this.begun = true
      if (plain) this.open(kind)
    }
    const { id } = lane
    const next = id !== null && lane.written === lane.received && plain
    lane.received += delta.length
    if (!next) return false
    lane.written = lane.received
    this.write({ type: `${kind}-delta`, id, delta })
    return true
  }

  other(): void {
    this.begun = true
  }

  /** A chunk of the SDK: written, without what is written already. */
  pass(chunk: UIMessageChunk): void {
    if (chunk.type === "start-step") {
      this.passStep(chunk)
      return
    }
    this.begun = true
    if (chunk.type === "text-delta") this.passDelta("text", chunk.id, chunk.delta)
    else if (chunk.type === "reasoning-delta") this.passDelta("reasoning", chunk.id, chunk.delta)
    else if (chunk.type === "text-start") this.passStart("text", chunk)
    else if (chunk.type === "reasoning-start") this.passStart("reasoning", chunk)
    else if (chunk.type === "text-end") this.passEnd("text", chunk)
    else if (chunk.type === "reasoning-end") this.passEnd("reasoning", chunk)
    else this.write(chunk)
  }

  /** Opens the first part of an answer, as the SDK is about to. */
  private open(kind: DeltaKind): void {
    if (this.step === "nobody") {
      this.step = "us"
      this.write({ type: "start-step" })
    }
    this.lanes[kind].id = FIRST
    this.write({ type: `${kind}-start`, id: FIRST })
  }

  private passStep(chunk: UIMessageChunk): void {
    const written = this.step === "us"
    this.step = "sdk"
    if (!written) this.write(chunk)
  }

  private passStart(kind: DeltaKind, chunk: Start): void {
    const lane = this.lanes[kind]
    const written = lane.id === FIRST && lane.sdkId === null
    lane.sdkId = chunk.id
    if (written) return
    lane.id = chunk.id
    this.write(chunk)
  }

  private passEnd(kind: DeltaKind, chunk: End): void {
    const lane = this.lanes[kind]
    this.write({ ...chunk, id: shownId(lane, chunk.id) })
    lane.id = null
  }

  private passDelta(kind: DeltaKind, id: string, delta: string): void {
    const lane = this.lanes[kind]
    lane.passed += delta.length
    const fresh = lane.passed - lane.written
    if (fresh <= 0) return
    lane.written = lane.passed
    this.write({ type: `${kind}-delta`, id: shownId(lane, id), delta: delta.slice(-fresh) })
  }
}

/** What the SDK calls by `id` as it is written. */
const shownId = (lane: Lane, id: string) => (lane.id !== null && id === lane.sdkId ? lane.id : id)
