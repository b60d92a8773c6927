/**
 * A folder of recordings that the demo model plays. It is read when the first question comes and again when a file has
 * changed; what can't be read is told in the log, and left out.
 */
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { playAnswer } from "@/lib/demo/protocol/play"
import { type CompletionRequest, wordsIn } from "@/lib/demo/protocol/wire"
import { logFault, logInfo } from "@/lib/log"
import { MOST_FILE_BYTES } from "@/lib/recording/format"
import { readRecording } from "@/lib/recording/read"
import { type RecordedStep, stepsOf } from "@/lib/recording/steps"
import { singleton } from "@/lib/singleton"

/** Those of a folder, read once for all who ask. */
export const recordingsOf = (folder: string): Recordings =>
  singleton(`demoRecordings ${folder}`, () => new Recordings(folder))

/** Files of a folder, and bytes of all of them. */
const MOST_FILES = 500
const MOST_BYTES = 4 * MOST_FILE_BYTES
/** Milliseconds after which is looked for changes again. */
const LOOK_AFTER_MS = 1_000

/** The answers of a recorded turn, one for each time that the model was asked. */
export type Played = readonly RecordedStep[]

/** The recordings of one folder, by their questions. */
export class Recordings {
  private played = new Map<string, Played>()
  /** Names, sizes and times of the files that were read. */
  private seen = ""
  private lookedAt = Number.NEGATIVE_INFINITY
  private reading: Promise<void> | null = null

  constructor(private readonly folder: string) {}

  /** The recording of a question that is the same but for case, spaces and the mark at its end. Null when there is none. */
  async find(question: string): Promise<Played | null> {
    await this.refresh()
    return this.played.get(plain(question)) ?? null
  }

  /** Reads what has changed. Never throws. */
  async refresh(): Promise<void> {
    if (performance.now() - this.lookedAt < LOOK_AFTER_MS) return this.reading ?? undefined
    this.lookedAt = performance.now()
    this.reading = this.read().catch((error: unknown) => logFault(`DEMO_RECORDINGS ${this.folder}`, error))
    await this.reading
  }

  private async read(): Promise<void> {
    const files = await filesIn(this.folder)
    const seen = files.map(({ name, size, changedAt }) => `${name} ${size} ${changedAt}`).join("\n")
    if (seen === this.seen) return
    const played = new Map<string, Played>()
    let left = MOST_BYTES
    for (const { name, size } of files) {
      left -= size
      try {
        if (size > MOST_FILE_BYTES || left < 0) throw new Error("too large")
        const { head, events } = readRecording(await readFile(path.join(this.folder, name), "utf8"))
        const steps = stepsOf(events)
        if (steps.length === 0) throw new Error("no model server answers in it")
        played.set(plain(head.question.text), steps)
      } catch (error) {
        logFault(`recording ${name} is left out`, error instanceof Error ? error.message : error)
      }
    }
    this.played = played
    this.seen = seen
    logInfo(`The demo model plays ${played.size} recordings of ${this.folder}.`)
  }
}

/** The recorded answer to a question, where there is one: the next, each time that results of tools came. */
export async function recordedAnswer(
  body: CompletionRequest,
  recordings: Recordings | undefined,
  signal: AbortSignal,
): Promise<Response | null> {
  const place = body.messages.findLastIndex(({ role }) => role === "user")
  const asked = body.messages[place]
  if (!recordings || !asked || !body.stream) return null
  const played = await recordings.find(wordsIn(asked))
  const step = body.messages.slice(place).filter(({ role }) => role === "assistant").length
  const answer = played?.[step]
  return answer ? playAnswer(answer, signal) : null
}

async function filesIn(folder: string) {
  const names = (await readdir(folder)).filter((name) => /\.(?:ndjson|json)$/i.test(name)).sort()
  if (names.length > MOST_FILES) logFault(`DEMO_RECORDINGS ${folder}`, `only the first ${MOST_FILES} files are read`)
  return Promise.all(
    names.slice(0, MOST_FILES).map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name))
      return { name, size, changedAt: mtimeMs }
    }),
  )
}

const MARKS = new Set([...".!? "])

function plain(question: string): string {
  const words = question.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
  // One by one: a pattern would begin anew at each mark of a long row.
  let end = words.length
  while (MARKS.has(words[end - 1] ?? "")) end--
  return words.slice(0, end)
}
