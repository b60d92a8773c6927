/** What a recording shows and when, as it is played: moments in order, waits no longer than anybody watches. Pure. */
import type { UIMessageChunk } from "ai"
import type { RecordingEvent } from "@/lib/recording/format"

/** Milliseconds of the longest wait: whatever the recording says, nobody waits longer. */
export const LONGEST_GAP_MS = 5_000

/** Something that is shown at once. */
export interface Frame {
  /** Milliseconds since the beginning of the playing at its own speed. */
  at: number
  /** It begins anew, with all that there was: another run of the model goes on with the answer. */
  anew: boolean
  chunks: UIMessageChunk[]
}

/** Kinds of chunks that make a message; of others, and of what is no chunk, nothing is shown. */
const SHOWN =
  /^(?:start|finish|start-step|finish-step|reset-step|message-metadata|(?:text|reasoning)-(?:start|delta|end)|tool-(?:input-(?:start|delta|available|error)|output-(?:available|error|denied)|approval-(?:request|response))|data-[a-z-]{1,40})$/

/** Members that a builder of messages reads without asking. */
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

/** The frames of a recording. Moments never go back, and no gap is longer than `LONGEST_GAP_MS`. */
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
    played += Math.min(Math.max(event.at - before, 0), LONGEST_GAP_MS)
    before = Math.max(before, event.at)
    frames.push({ at: played, anew, chunks: event.chunks.filter(isShown) })
    anew = false
  }
  return frames
}
