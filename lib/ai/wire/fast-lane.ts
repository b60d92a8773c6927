/**
 * The short way of a token. The AI SDK leads every event through some fifteen streams: too much work for each token of
 * many answers at once, and for the first token of any. So text is written as it arrives, the SDK gets it joined a
 * moment later, and what it then says again is left out. It stays the one that decides: about steps, tools, ends and
 * errors, and about every part but the first, which is opened here when the answer begins with plain text.
 *
 * Nothing overtakes anything: when text turns to thinking or back, the SDK opens the next part, and the lane goes on in
 * it when it has passed all that came before. When something comes that only the SDK can read, the lane is shut until
 * the step ends.
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

interface Lane {
  /** Its part is the one that goes on: what arrives belongs into it. */
  open: boolean
  /** Id of its part as it is written, */
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

const newLane = (): Lane => ({ open: false, id: null, sdkId: null, received: 0, written: 0, passed: 0 })
const newLanes = (): Record<DeltaKind, Lane> => ({ text: newLane(), reasoning: newLane() })

type Start = Extract<UIMessageChunk, { type: `${DeltaKind}-start` }>
type End = Extract<UIMessageChunk, { type: `${DeltaKind}-end` }>

/** Id of the part that is opened here. */
const FIRST = "first"

export class FastLane implements DeltaReader {
  private lanes = newLanes()
  /** Of the last delta. */
  private kind: DeltaKind | null = null
  /** Only the SDK writes, until the step ends. */
  private shut = false
  /** Something has come: a part is the SDK's to open. */
  private begun = false
  /** Who has written the beginning of the step. */
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
    else {
      if (chunk.type === "finish-step") this.endStep()
      this.write(chunk)
    }
  }

  /** The lane of what arrives now. When it is of another kind than before, the SDK ends the other's part. */
  private turnTo(kind: DeltaKind): Lane {
    if (this.kind !== null && this.kind !== kind) {
      this.lanes[this.kind].open = false
      this.lanes[kind].open = false
    }
    this.kind = kind
    return this.lanes[kind]
  }

  /** Opens the first part of an answer, as the SDK is about to. */
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

  /** The SDK has passed all of the step, so counting begins anew. */
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
    // It may be an earlier part of this kind: then characters of it are still to be passed, and the lane waits for them.
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

/** What the SDK calls by `id` as it is written. */
const shownId = (lane: Lane, id: string) => (lane.id !== null && id === lane.sdkId ? lane.id : id)
