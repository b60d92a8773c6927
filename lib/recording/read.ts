/** Reads the file of a recording, whoever wrote it. Safe on both sides; pure. */
import { isRecord } from "@/lib/is-record"
import { isTooMuch } from "@/lib/json-shape"
import {
  FORMAT,
  MOST_FILE_BYTES,
  MOST_LINES,
  type RecordingEvent,
  type RecordingHead,
  readEvent,
  readHead,
  VERSION,
} from "@/lib/recording/format"

/** Values in one line: a request with a long chat has some thousands. */
const MOST_VALUES = 300_000

/** Why a file can't be read: a code for a sentence, and the line, from 1. */
export class RecordingError extends Error {
  override name = "RecordingError"
  constructor(
    readonly reason: "other" | "version" | "line" | "large" | "empty",
    readonly line = 1,
  ) {
    super(`${REASONS[reason]}${reason === "line" ? ` (line ${line})` : ""}`)
  }
}

/** For logs; the page has sentences of its own. */
const REASONS = {
  other: "this is no recording",
  version: "a newer Sparkler has recorded this",
  line: "this is no line of a recording",
  large: "this is larger than a recording may be",
  empty: "nothing of an answer is in it",
}

export interface Recording {
  head: RecordingHead
  events: RecordingEvent[]
  /** Its last line is there; else the file ends early, and this is what it has. */
  whole: boolean
}

/**
 * The recording in a text. A last line that breaks off is left out. Throws `RecordingError` for everything else that is no
 * recording: of another version, too large, with a line that nobody can read.
 */
export function readRecording(text: string): Recording {
  if (text.length > MOST_FILE_BYTES) throw new RecordingError("large")
  const lines = text.replace(/^\uFEFF/, "").split("\n")
  if (lines.length > MOST_LINES) throw new RecordingError("large")
  const head = headOf(lines[0] ?? "")
  const events: RecordingEvent[] = []
  // What stands behind the last line break was not written to its end, or is nothing.
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

/** Undefined for what is no JSON, or more than a line can hold. */
function jsonIn(line: string): unknown {
  if (isTooMuch(line, MOST_VALUES)) return undefined
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
