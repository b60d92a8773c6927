/** What a model server said in a recorded turn, one answer for each time that it was asked. Pure. */
import type { RecordingEvent } from "@/lib/recording/format"
import { LONGEST_GAP_MS } from "@/lib/recording/timeline"

export interface RecordedStep {
  status: number
  headers: Record<string, string>
  /** Milliseconds to wait before each piece: as it was, but no longer than anybody waits. */
  pieces: { wait: number; text: string }[]
  /** The connection broke behind them. */
  broken: boolean
}

interface Call extends RecordedStep {
  /** Of what came last. */
  at: number
}

/**
 * The answers, in order. Of a question that was refused and asked again only the answer counts; what was refused for good is
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
      call.pieces.push({ wait: Math.min(Math.max(event.at - call.at, 0), LONGEST_GAP_MS), text: event.text })
      call.at = Math.max(call.at, event.at)
    } else if (event.type === "end") call.broken = event.error !== undefined
  }
  const answered = [...calls.values()].filter(({ status }) => status > 0)
  const last = answered.at(-1)
  return answered.filter((call) => isAnswer(call) || call === last).map(({ at: _, ...step }) => step)
}

const isAnswer = ({ status }: RecordedStep) => status >= 200 && status < 300
