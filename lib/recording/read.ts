/** Reads a recording file from any source. Safe on both sides; pure. */
import { isRecord } from "@/lib/is-record"
import { isTooMuch } from "@/lib/json-shape"
import {
  FORMAT,
  MAX_FILE_BYTES,
  MAX_LINES,
  type RecordingEvent,
  type RecordingHead,
  readEvent,
  readHead,
  VERSION,
} from "@/lib/recording/format"

/** Maximum number of values in one line: a request with a long chat has a few thousand. */
const MAX_VALUES = 300_000

/** Why a file can't be read: a message code, and the line, from 1. */
export class RecordingError extends Error {
  override name = "RecordingError"
  constructor(
    readonly reason: "other" | "version" | "line" | "large" | "empty",
    readonly line = 1,
  ) {
    super(`${REASONS[reason]}${reason === "line" ? ` (line ${line})` : ""}`)
  }
}

/** For logs; the page has its own messages. */
const REASONS = {
  other: "not a recording",
  version: "recorded by a newer version of Sparkler",
  line: "invalid line",
  large: "larger than the limit for recordings",
  empty: "it contains no answer",
}

export interface Recording {
  head: RecordingHead
  events: RecordingEvent[]
  /** Its last line is present; otherwise the file is truncated, and this is what it contains. */
  whole: boolean
}

/**
 * Parses a recording. A truncated last line is dropped. Throws `RecordingError` for anything else that isn't a
 * recording: another version, too large, or with an unreadable line.
 */
export function readRecording(text: string): Recording {
  if (text.length > MAX_FILE_BYTES) throw new RecordingError("large")
  const lines = text.replace(/^\uFEFF/, "").split("\n")
  if (lines.length > MAX_LINES) throw new RecordingError("large")
  const head = headOf(lines[0] ?? "")
  const events: RecordingEvent[] = []
  // Text after the last line break is incomplete, or empty.
  const last = lines.length - 1
  for (let place = 1; place <= last; place++) {
    const line = lines[place] ?? ""
    if (line.trim() === "") continue
    const event = readEvent(jsonIn(line))
    if (event) events.push(event)
    else if (place < last) throw new RecordingError("line", place + 1)
  }
  if (!events.some(({ type }) => type === "chunks" || type === "data")) throw new RecordingError("empty")
  return { head, events, whole: events.at(-1)?.type === "finish" }
}

function headOf(line: string): RecordingHead {
  const value = jsonIn(line)
  if (!isRecord(value) || value.format !== FORMAT) throw new RecordingError("other")
  if (typeof value.version === "number" && value.version > VERSION) throw new RecordingError("version")
  const head = readHead(value)
  if (!head) throw new RecordingError("line")
  return head
}

/** Undefined if it isn't JSON, or exceeds the limit for a line. */
function jsonIn(line: string): unknown {
  if (isTooMuch(line, MAX_VALUES)) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
