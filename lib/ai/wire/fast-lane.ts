/**
 * A shortcut for tokens. The AI SDK passes every event through about fifteen streams: too much work for each token of
 * many concurrent answers, and for the first token of any. So text is written as it arrives, the SDK gets it joined a
 * moment later, and its repetition is dropped. The SDK still decides everything else: steps, tools, ends, errors, and
 * every part but the first, which is opened here if the answer starts with plain text.
 *
 * The order never changes: when text turns to reasoning or back, the SDK opens the next part, and the lane continues in
 * it once the SDK has passed on everything before. When something arrives that only the SDK can read, the lane is
 * closed until the step ends.
 */
import type { UIMessageChunk } from "ai"

export type DeltaKind = "text" | "reasoning"

/** Reads a streamed answer before the SDK does. */
export interface DeltaReader {
  /** Called with each delta as it arrives; true if it has been delivered, so that the SDK's copy can wait. */
  take(kind: DeltaKind, delta: string): boolean
  /** Called when something arrives that only the SDK reads: what follows must not overtake it. */
  other(): void
}

interface Lane {
  /** Its part is the current one, to which arriving text belongs. */
  open: boolean
  /** ID of its part as written. */
  id: string | null
  /** The SDK's ID for it; null until the SDK opens it. */
  sdkId: string | null
  /** Characters received from the model server. */
  received: number
  /** Characters written. */
  written: number
  /** Characters passed on by the SDK. */
  passed: number
}

const newLane = (): Lane => ({ open: false, id: null, sdkId: null, received: 0, written: 0, passed: 0 })
const newLanes = (): Record<DeltaKind, Lane> => ({ text: newLane(), reasoning: newLane() })

type Start = Extract<UIMessageChunk, { type: `${DeltaKind}-start` }>
type End = Extract<UIMessageChunk, { type: `${DeltaKind}-end` }>

/** ID of the part opened here. */
const FIRST = "first"

export class FastLane implements DeltaReader {
  private lanes = newLanes()
  /** Kind of the last delta. */
  private kind: DeltaKind | null = null
  /** Only the SDK writes, until the step ends. */
  private shut = false
  /** Something has arrived, so further parts are opened by the SDK. */
  private begun = false
  /** Who has written the start of the step. */
  private step: "nobody" | "us" | "sdk" = "nobody"

  constructor(private readonly write: (chunk: UIMessageChunk) => void) {}

  take(kind: DeltaKind, delta: string): boolean {
    if (delta === "") return false
    if (this.shut) return false
    const lane = this.turnTo(kind)
    if (!this.begun) this.open(kind)
    this.begun = true
    const { id } = lane
    const next = lane.open && id !== null && lane.written === lane.received
    lane.received += delta.length
    if (!next) return false
    lane.written = lane.received
    this.write({ type: `${kind}-delta`, id, delta })
    return true
  }

  other(): void {
    this.begun = true
    this.shut = true
  }

  /** Writes a chunk of the SDK, except for what is already written. */
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
    else {
      if (chunk.type === "finish-step") this.endStep()
      this.write(chunk)
    }
  }

  /** The lane of what arrives now. If the kind has changed, the SDK will end the other lane's part. */
  private turnTo(kind: DeltaKind): Lane {
    if (this.kind !== null && this.kind !== kind) {
      this.lanes[this.kind].open = false
      this.lanes[kind].open = false
    }
    this.kind = kind
    return this.lanes[kind]
  }

  /** Opens the first part of an answer, as the SDK is about to do. */
  private open(kind: DeltaKind): void {
    if (this.step === "nobody") {
      this.step = "us"
      this.write({ type: "start-step" })
    }
    this.lanes[kind].id = FIRST
    this.lanes[kind].open = true
    this.write({ type: `${kind}-start`, id: FIRST })
  }

  private passStep(chunk: UIMessageChunk): void {
    const written = this.step === "us"
    this.step = "sdk"
    if (!written) this.write(chunk)
  }

  /** The SDK has passed on the whole step, so counting starts over. */
  private endStep(): void {
    this.lanes = newLanes()
    this.kind = null
    this.shut = false
  }

  private passStart(kind: DeltaKind, chunk: Start): void {
    const lane = this.lanes[kind]
    const written = lane.id === FIRST && lane.sdkId === null
    lane.sdkId = chunk.id
    if (written) return
    lane.id = chunk.id
    // It may be an earlier part of this kind: then the SDK has yet to pass on some of its characters, and the lane
    // waits for them.
    lane.open = this.kind === kind
    this.write(chunk)
  }

  private passEnd(kind: DeltaKind, chunk: End): void {
    const lane = this.lanes[kind]
    lane.open = false
    this.write({ ...chunk, id: shownId(lane, chunk.id) })
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

/** The written ID for the SDK's `id`. */
const shownId = (lane: Lane, id: string) => (lane.id !== null && id === lane.sdkId ? lane.id : id)
