/**
 * A folder of recordings that the demo model plays. It is read at the first question and again after a file has
 * changed; unreadable files are logged and skipped.
 */
import { readdir, readFile, stat } from "node:fs/promises"
import path from "node:path"
import { playAnswer } from "@/lib/demo/protocol/play"
import { type CompletionRequest, wordsIn } from "@/lib/demo/protocol/wire"
import { logFault, logInfo } from "@/lib/log"
import { MAX_FILE_BYTES } from "@/lib/recording/format"
import { readRecording } from "@/lib/recording/read"
import { type RecordedStep, stepsOf } from "@/lib/recording/steps"
import { singleton } from "@/lib/singleton"

/** The recordings of a folder, shared within the process. */
export const recordingsOf = (folder: string): Recordings =>
  singleton(`demoRecordings ${folder}`, () => new Recordings(folder))

/** Maximum number of files in a folder, and their total bytes. */
const MAX_FILES = 500
const MAX_BYTES = 4 * MAX_FILE_BYTES
/** Milliseconds between checks for changes. */
const LOOK_AFTER_MS = 1_000

/** The answers of a recorded turn, one for each model request. */
export type Played = readonly RecordedStep[]

/** The recordings of one folder, by question. */
export class Recordings {
  private played = new Map<string, Played>()
  /** Names, sizes, and times of the files that were read. */
  private seen = ""
  private lookedAt = Number.NEGATIVE_INFINITY
  private reading: Promise<void> | null = null

  constructor(private readonly folder: string) {}

  /** The recording of a question, ignoring case, whitespace, and trailing punctuation. Null if there is none. */
  async find(question: string): Promise<Played | null> {
    await this.refresh()
    return this.played.get(plain(question)) ?? null
  }

  /** Reloads the folder if it has changed. Never throws. */
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
    let left = MAX_BYTES
    for (const { name, size } of files) {
      left -= size
      try {
        if (size > MAX_FILE_BYTES || left < 0) throw new Error("too large")
        const { head, events } = readRecording(await readFile(path.join(this.folder, name), "utf8"))
        const steps = stepsOf(events)
        if (steps.length === 0) throw new Error("it contains no model server response")
        played.set(plain(head.question.text), steps)
      } catch (error) {
        logFault(`recording ${name} skipped`, error instanceof Error ? error.message : error)
      }
    }
    this.played = played
    this.seen = seen
    logInfo(`The demo model replays ${played.size} recordings from ${this.folder}.`)
  }
}

/** The recorded answer to a question, if there is one: the next one each time tool results arrive. */
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
  if (names.length > MAX_FILES) logFault(`DEMO_RECORDINGS ${folder}`, `reading only the first ${MAX_FILES} files`)
  return Promise.all(
    names.slice(0, MAX_FILES).map(async (name) => {
      const { size, mtimeMs } = await stat(path.join(folder, name))
      return { name, size, changedAt: mtimeMs }
    }),
  )
}

const MARKS = new Set([...".!? "])

function plain(question: string): string {
  const words = question.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim()
  // A loop, because a regular expression would start over at each mark of a long sequence.
  let end = words.length
  while (MARKS.has(words[end - 1] ?? "")) end--
  return words.slice(0, end)
}
