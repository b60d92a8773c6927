/** The playback timeline of a recording: frames in order, with bounded waits. Pure. */
import type { UIMessageChunk } from "ai"
import type { RecordingEvent } from "@/lib/recording/format"

/** Longest wait in milliseconds, whatever the recording says. */
export const MAX_GAP_MS = 5_000

/** Chunks shown at the same time. */
export interface Frame {
  /** Milliseconds since the start of playback at normal speed. */
  at: number
  /** Starts over with everything so far: another run of the model continues the answer. */
  anew: boolean
  chunks: UIMessageChunk[]
}

/** Chunk types that make up a message; anything else is ignored. */
const SHOWN =
  /^(?:start|finish|start-step|finish-step|reset-step|message-metadata|(?:text|reasoning)-(?:start|delta|end)|tool-(?:input-(?:start|delta|available|error)|output-(?:available|error|denied)|approval-(?:request|response))|data-[a-z-]{1,40})$/

/** Members that message builders read without checking. */
const TEXTS = ["id", "delta", "inputTextDelta", "toolCallId", "toolName", "errorText", "approvalId"]

function isShown(chunk: { [member: string]: unknown; type: string }): chunk is UIMessageChunk & typeof chunk {
  if (!SHOWN.test(chunk.type) || TEXTS.some((name) => name in chunk && typeof chunk[name] !== "string")) return false
  if (/^(?:text|reasoning)-/.test(chunk.type))
    return "id" in chunk && (!chunk.type.endsWith("delta") || "delta" in chunk)
  if (!chunk.type.startsWith("tool-")) return true
  if (chunk.type.startsWith("tool-approval")) return "approvalId" in chunk
  if (!("toolCallId" in chunk)) return false
  return chunk.type === "tool-input-delta" ? "inputTextDelta" in chunk : isCall(chunk)
}

const isCall = (chunk: { type: string }): boolean =>
  !/^tool-input-(?:start|available|error)$/.test(chunk.type) || "toolName" in chunk

/** The frames of a recording. Times never decrease, and no gap is longer than `MAX_GAP_MS`. */
export function framesOf(events: readonly RecordingEvent[]): Frame[] {
  const frames: Frame[] = []
  let played = 0
  let before = 0
  let anew = true
  for (const event of events) {
    if (event.type === "run") {
      anew = true
      before = 0
    }
    if (event.type !== "chunks") continue
    played += Math.min(Math.max(event.at - before, 0), MAX_GAP_MS)
    before = Math.max(before, event.at)
    frames.push({ at: played, anew, chunks: event.chunks.filter(isShown) })
    anew = false
  }
  return frames
}
