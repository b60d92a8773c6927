/** A model server's responses in a recorded turn, one per request. Pure. */
import type { RecordingEvent } from "@/lib/recording/format"
import { MAX_GAP_MS } from "@/lib/recording/timeline"

export interface RecordedStep {
  status: number
  headers: Record<string, string>
  /** Milliseconds to wait before each piece: as recorded, up to a limit. */
  pieces: { wait: number; text: string }[]
  /** The connection broke after them. */
  broken: boolean
}

interface Call extends RecordedStep {
  /** Time of the last event. */
  at: number
}

/**
 * The responses, in order. If a request was rejected and retried, only the final response counts; a final rejection is
 * the last one.
 */
export function stepsOf(events: readonly RecordingEvent[]): RecordedStep[] {
  const calls = new Map<number, Call>()
  for (const event of events) {
    if (event.type === "request")
      calls.set(event.number, { status: 0, headers: {}, pieces: [], broken: false, at: event.at })
    const call = "number" in event ? calls.get(event.number) : undefined
    if (!call) continue
    if (event.type === "response") {
      call.status = event.status
      call.headers = event.headers
    } else if (event.type === "data") {
      call.pieces.push({ wait: Math.min(Math.max(event.at - call.at, 0), MAX_GAP_MS), text: event.text })
      call.at = Math.max(call.at, event.at)
    } else if (event.type === "end") call.broken = event.error !== undefined
  }
  const answered = [...calls.values()].filter(({ status }) => status > 0)
  const last = answered.at(-1)
  return answered.filter((call) => isAnswer(call) || call === last).map(({ at: _, ...step }) => step)
}

const isAnswer = ({ status }: RecordedStep) => status >= 200 && status < 300
