/**
 * Joins neighbouring text deltas of a chat-completions event stream before the AI SDK parses them: the SDK's
 * cost is per event, and what waits while it works can travel as one.
 */
import { Readable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import type { DeltaReader } from "@/lib/ai/fast-lane"
import { gatheringMs } from "@/lib/ai/loop-delay"
import { NodeResponse } from "@/lib/ai/node-fetch"
import { type Run, readPlain, saysNothing, writePlain } from "@/lib/ai/plain-deltas"
import { notAnAnswer } from "@/lib/ai/upstream-errors"

/** Milliseconds that text which its reader has already may wait for more of it. */
const HOLD_MS = 1_000
/** Characters that may wait for the reader before the upstream is no longer read. */
const MAX_WAITING = 4_000_000
/** Characters of one event: more is no event of a model's answer. */
const MAX_EVENT = 20_000_000
/** Bytes that are worked on at once, however late this process is. */
const MAX_GATHERED = 100_000

/** `fetch` whose event-stream answers come with their deltas joined. */
export function joiningFetch(fetchUpstream: typeof fetch, reader?: DeltaReader): typeof fetch {
  return async (input, init) => {
    const response = await fetchUpstream(input, init)
    const type = response.headers.get("content-type") ?? ""
    // A login page, or an error that calls itself a success: the SDK would wait for events in it.
    if (response.ok && asksForStream(init) && NO_STREAM.test(type)) throw notAnAnswer(await response.text())
    if (!response.ok || !response.body || !type.includes("text/event-stream")) return response
    const { status, statusText, headers } = response
    const bytes = response instanceof NodeResponse ? response.source : bytesOf(response.body)
    return new Response(joinDeltas(bytes, reader), { status, statusText, headers })
  }
}

const NO_STREAM = /^(text\/html|application\/json)/i
const asksForStream = (init: RequestInit | undefined) =>
  typeof init?.body === "string" && /"stream":\s*true/.test(init.body)

/** A web stream as Node reads it: by callback, without a promise for each piece. */
export function bytesOf(body: ReadableStream<Uint8Array>): Readable {
  const reader = body.getReader()
  return new Readable({
    read() {
      reader.read().then(
        ({ done, value }) => this.push(done ? null : value),
        (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
      )
    },
    destroy(error, callback) {
      reader.cancel(error).then(
        () => callback(error),
        () => callback(error),
      )
    },
  })
}

/** The same events, neighbouring text deltas that wait together joined into one. */
export function joinDeltas(bytes: Readable, reader?: DeltaReader): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const waiting = new Waiting(reader)
  read(bytes, waiting)
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await waiting.ready()
        // The rest of this turn goes along.
        if (!waiting.ended) await nextTurn()
        const events = waiting.take()
        if (bytes.isPaused() && waiting.size <= MAX_WAITING) bytes.resume()
        if (events) controller.enqueue(encoder.encode(events))
        else if (waiting.ended?.error !== undefined) controller.error(waiting.ended.error)
        else controller.close()
      },
      cancel: () => {
        waiting.end("")
        bytes.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

/** Reads the bytes into `waiting`: as they come while this process keeps up, else what has gathered. */
function read(bytes: Readable, waiting: Waiting): void {
  const decoder = new TextDecoder()
  let gathered: Uint8Array[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  const add = () => {
    clearTimeout(timer)
    timer = undefined
    for (const piece of gathered) waiting.add(decoder.decode(piece, { stream: true }))
    gathered = []
    size = 0
    if (waiting.ended) bytes.destroy()
    else if (waiting.size > MAX_WAITING) bytes.pause()
  }
  const end = (how?: { error: unknown }) => {
    add()
    waiting.end(decoder.decode(), how)
  }
  const gather = (piece: Uint8Array) => {
    gathered.push(piece)
    size += piece.byteLength
    const ms = size > MAX_GATHERED ? 0 : gatheringMs()
    if (ms > 0) timer ??= setTimeout(add, ms)
    else add()
  }
  // What came with the head of the answer is read now: it would flow only when the SDK has built its streams.
  for (let piece = bytes.read(); piece !== null; piece = bytes.read()) gather(piece)
  bytes.on("data", gather)
  bytes.on("end", () => end())
  bytes.on("error", (error) => end({ error }))
  // A stream that is closed without either was destroyed: nobody waits for it.
  bytes.on("close", () => end())
}

const NOBODY: DeltaReader = { take: () => false, other: () => {} }

/** Events that wait for the SDK, neighbouring plain deltas of the same kind joined. */
class Waiting {
  /** Characters. */
  size = 0
  ended: { error?: unknown } | null = null
  private events: (string | Run)[] = []
  /** What has come of an event whose end has not. */
  private partial = ""
  private due = false
  private wake = () => {}
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly reader: DeltaReader = NOBODY) {}

  add(text: string): void {
    const arrived = this.partial + text
    const cut = endOfEvents(arrived, this.partial.length)
    this.partial = arrived.slice(cut)
    this.size += cut
    if (this.partial.length > MAX_EVENT) {
      this.partial = ""
      this.end("", { error: notAnAnswer("") })
    }
    let urgent = false
    for (const event of arrived.slice(0, cut).split(/\r?\n\r?\n/)) {
      if (event === "") continue
      const run = readPlain(event)
      this.push(run ?? event)
      urgent = !(run && this.reader.take(run.kind, run.text)) || urgent
      if (!run && !saysNothing(event)) this.reader.other()
    }
    // What is too much to wait would not be read on until then.
    if (urgent || this.size > MAX_WAITING) this.hasten()
    else if (cut > 0) this.timer ??= setTimeout(() => this.hasten(), HOLD_MS)
  }

  end(text: string, how: { error?: unknown } = {}): void {
    if (this.ended) return
    this.add(text)
    this.ended ??= how
    this.hasten()
  }

  /** Resolves when the SDK is to have what waits, or nothing more comes. */
  async ready(): Promise<void> {
    if (!this.due && !this.ended)
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
  }

  /** All that waits; what has come of a last event too, when nothing more comes. */
  take(): string {
    const text = this.events.map((item) => `${typeof item === "string" ? item : writePlain(item)}\n\n`).join("")
    const rest = this.ended ? this.partial : ""
    if (this.ended) this.partial = ""
    // What was to be waited for is taken along: the end of that wait must not find nothing.
    clearTimeout(this.timer)
    this.timer = undefined
    this.events = []
    this.size = 0
    this.due = false
    return text + rest
  }

  private push(next: string | Run): void {
    const last = this.events.at(-1)
    const joins =
      typeof next === "object" && typeof last === "object" && last.kind === next.kind && last.delta.id === next.delta.id
    if (joins) last.text += next.text
    else this.events.push(next)
  }

  private hasten(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.due = true
    this.wake()
  }
}

/** Index behind the last complete event, of which the end is new: none of it came before `known`. Else 0. */
function endOfEvents(text: string, known: number): number {
  // An end may have begun there.
  const from = Math.max(0, known - 3)
  const news = text.slice(from)
  const lf = news.lastIndexOf("\n\n")
  const crlf = news.lastIndexOf("\r\n\r\n")
  const end = Math.max(lf < 0 ? 0 : lf + 2, crlf < 0 ? 0 : crlf + 4)
  return end === 0 ? 0 : from + end
}
