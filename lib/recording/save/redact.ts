/** Redacts secrets in a recording's lines, including those split into pieces. */
import { paced } from "@/lib/export/pace"
import { isRecord } from "@/lib/is-record"
import type { RecordingLine } from "@/lib/recording/format"
import { redactStream } from "@/lib/recording/save/redact-stream"
import type { Redactor } from "@/lib/recording/save/redactor"

type Line<T extends RecordingLine["type"]> = Extract<RecordingLine, { type: T }>
type Chunk = Line<"chunks">["chunks"][number]

/** Lines processed per batch. */
const TOGETHER = 500

/** The same lines, redacted; the redactor counts what was removed. */
export async function redactLines(lines: readonly RecordingLine[], redactor: Redactor): Promise<RecordingLine[]> {
  const texts = await cleanStreams(lines, redactor)
  const chunks = cleanChunks(lines, redactor)
  const clean: RecordingLine[] = []
  for (let from = 0; from < lines.length; from += TOGETHER)
    await paced(async () => {
      for (const line of lines.slice(from, from + TOGETHER))
        if (line.type === "data") clean.push({ ...line, text: texts.get(line) ?? "" })
        else if (line.type === "chunks")
          clean.push({ ...line, chunks: line.chunks.map((chunk) => cleanChunk(chunks.get(chunk) ?? chunk, redactor)) })
        else if (line.type === "picture") clean.push(line)
        else clean.push(redactor.value(line) as RecordingLine)
    })
  return clean
}

/** The data of each response: one text in many pieces. */
async function cleanStreams(lines: readonly RecordingLine[], redactor: Redactor): Promise<Map<RecordingLine, string>> {
  const clean = new Map<RecordingLine, string>()
  const answers = new Map<number, Line<"data">[]>()
  for (const line of lines) {
    if (line.type !== "data") continue
    const own = answers.get(line.number)
    if (own) own.push(line)
    else answers.set(line.number, [line])
  }
  for (const own of answers.values())
    await paced(async () => {
      const pieces = redactStream(
        own.map(({ text }) => text),
        redactor,
      )
      for (const [place, line] of own.entries()) clean.set(line, pieces[place] ?? "")
    })
  return clean
}

/** Members of the chunks that deliver a text in pieces, and the ID they belong to. */
const DELTAS: Record<string, [text: string, of: string]> = {
  "text-delta": ["delta", "id"],
  "reasoning-delta": ["delta", "id"],
  "tool-input-delta": ["inputTextDelta", "toolCallId"],
}

/** Redacts the chunks that deliver a text in pieces. */
function cleanChunks(lines: readonly RecordingLine[], redactor: Redactor): Map<Chunk, Chunk> {
  const clean = new Map<Chunk, Chunk>()
  const texts = new Map<string, { chunk: Chunk; member: string; text: string }[]>()
  let run = 0
  for (const line of lines) {
    if (line.type === "run") run++
    if (line.type !== "chunks") continue
    for (const chunk of line.chunks) {
      const [member = "", of = ""] = DELTAS[chunk.type] ?? []
      const text = chunk[member]
      if (typeof text !== "string") continue
      const key = `${run} ${chunk.type} ${String(chunk[of])}`
      const own = texts.get(key)
      if (own) own.push({ chunk, member, text })
      else texts.set(key, [{ chunk, member, text }])
    }
  }
  for (const pieces of texts.values()) {
    const cleaned = redactor.pieces(pieces.map(({ text }) => text))
    for (const [place, { chunk, member }] of pieces.entries()) clean.set(chunk, { ...chunk, [member]: cleaned[place] })
  }
  return clean
}

/** Redacts the other members too; text delivered in pieces is clean already. */
function cleanChunk(chunk: Chunk, redactor: Redactor): Chunk {
  const [member = ""] = DELTAS[chunk.type] ?? []
  const { [member]: text, ...others } = chunk
  const clean = redactor.value(others)
  return { ...(isRecord(clean) ? clean : {}), type: chunk.type, ...(text !== undefined && { [member]: text }) }
}
