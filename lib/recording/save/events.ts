/** Converts the stored data of a turn to the events of its file, before secrets are redacted. */
import { isDeepStrictEqual } from "node:util"
import { isRecord } from "@/lib/is-record"
import type { RecordedPicture, RecordingLine } from "@/lib/recording/format"
import type { KeptLine } from "@/lib/recording/recorder"

export interface KeptTurn {
  lines: RecordingLine[]
  pictures: RecordedPicture[]
}

/** The events of all runs of an answer, concatenated; requests are numbered consecutively. */
export function turnOf(kept: readonly KeptLine[]): KeptTurn {
  const lines: RecordingLine[] = []
  const pictures = new Map<string, RecordedPicture>()
  let [earlier, highest] = [0, 0]
  let body = ""
  let messages: unknown[] = []
  const number = (own: number) => {
    highest = Math.max(highest, earlier + own)
    return earlier + own
  }
  for (const line of kept) {
    if (line[0] === "run") {
      earlier = highest
      body = ""
      lines.push({ type: "run", at: 0, startedAt: line[2] })
    } else if (line[0] === "request") {
      body = body.slice(0, line[4]) + line[5]
      const before = messages
      const asked = bodyOf(body)
      messages = Array.isArray(asked.messages) ? asked.messages : []
      const same = sameOf(before, messages)
      const shown = same > 0 ? { ...asked, messages: messages.slice(same) } : asked
      lines.push({
        ...{ type: "request", at: line[1], number: number(line[2]), url: line[3] },
        ...{ body: shown, sameMessages: same },
      })
    } else if (line[0] === "picture") pictures.set(line[1], { sha256: line[1], mediaType: line[2], bytes: line[3] })
    else lines.push(lineOf(line, number))
  }
  return { lines, pictures: [...pictures.values()] }
}

type Plain = Exclude<KeptLine, ["run" | "request" | "picture", ...unknown[]]>

function lineOf(line: Plain, number: (own: number) => number): RecordingLine {
  if (line[0] === "response")
    return {
      type: "response",
      at: line[1],
      number: number(line[2]),
      status: line[3],
      headers: Object.fromEntries(line[4]),
    }
  if (line[0] === "data") return { type: "data", at: line[1], number: number(line[2]), text: line[3] }
  if (line[0] === "end")
    return { type: "end", at: line[1], number: number(line[2]), ...(line[3] !== undefined && { error: line[3] }) }
  if (line[0] === "chunks") return { type: "chunks", at: line[1], chunks: line[2] as { type: string }[] }
  return { type: "cut", at: line[1] }
}

/** A body that isn't JSON is shown as is. */
function bodyOf(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text)
    return isRecord(body) ? body : { body }
  } catch {
    return { text }
  }
}

function sameOf(before: unknown[], after: unknown[]): number {
  let same = 0
  while (same < before.length && same < after.length && isDeepStrictEqual(before[same], after[same])) same++
  return same
}
