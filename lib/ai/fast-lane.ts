/**
 * The short way of a token. The AI SDK leads every event through some fifteen streams: too much work for each token of
 * many answers at once. So text that continues a part which the SDK has begun is written as it arrives, the SDK gets
 * it joined a moment later, and what it then says again is left out. It stays the one that decides: about steps, tools,
 * beginnings, ends and errors.
 */
import type { UIMessageChunk } from "ai"

export type DeltaKind = "text" | "reasoning"

/** A tag of thinking, or what may become one: how the SDK reads on must be waited for. */
const TAG = /<\/?think>|<\/?(?:t(?:h(?:i(?:nk?)?)?)?)?$/

interface Lane {
  /** Id of the part that is open. */
  id: string | null
  /** Characters that have come from the model server, */
  received: number
  /** that were written, */
  written: number
  /** and that the SDK has passed on. */
  passed: number
}

const newLane = (): Lane => ({ id: null, received: 0, written: 0, passed: 0 })

export class FastLane {
  private readonly lanes: Record<DeltaKind, Lane> = { text: newLane(), reasoning: newLane() }

  constructor(private readonly write: (chunk: UIMessageChunk) => void) {}

  /**
   * A delta as the model server sends it. True when it is written: its part is open, and everything before it is
   * written; else the SDK will bring it.
   */
  take(kind: DeltaKind, delta: string): boolean {
    const lane = this.lanes[kind]
    const { id } = lane
    const next = id !== null && lane.written === lane.received && !TAG.test(delta)
    lane.received += delta.length
    if (!next) return false
    lane.written = lane.received
    this.write({ type: `${kind}-delta`, id, delta })
    return true
  }

  /** A chunk of the SDK: written, without the text that is written already. */
  pass(chunk: UIMessageChunk): void {
    const { text, reasoning } = this.lanes
    if (chunk.type === "text-delta") this.passDelta("text", chunk.id, chunk.delta)
    else if (chunk.type === "reasoning-delta") this.passDelta("reasoning", chunk.id, chunk.delta)
    else {
      if (chunk.type === "text-start") text.id = chunk.id
      if (chunk.type === "text-end") text.id = null
      if (chunk.type === "reasoning-start") reasoning.id = chunk.id
      if (chunk.type === "reasoning-end") reasoning.id = null
      this.write(chunk)
    }
  }

  private passDelta(kind: DeltaKind, id: string, delta: string): void {
    const lane = this.lanes[kind]
    lane.passed += delta.length
    const fresh = lane.passed - lane.written
    if (fresh <= 0) return
    lane.written = lane.passed
    this.write({ type: `${kind}-delta`, id, delta: delta.slice(-fresh) })
  }
}
