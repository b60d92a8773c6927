/**
 * Joins neighboring text deltas of a chat-completions event stream before the AI SDK parses them: the SDK's
 * cost is per event, and what waits while it works can travel as one.
 */
import { Readable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { MAX_WAITING, readPaced } from "@/lib/ai/paced-read"
import { callOf } from "@/lib/ai/tapped-fetch"
import { notAnAnswer } from "@/lib/ai/upstream/upstream-errors"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import type { DeltaReader } from "@/lib/ai/wire/fast-lane"
import { type Run, writePlain } from "@/lib/ai/wire/plain-deltas"
import { type Other, WireReader } from "@/lib/ai/wire/reader"
import type { WireCall } from "@/lib/ai/wire/tap"
import { NodeResponse } from "@/lib/http/outgoing/response"
import { isTooMuch } from "@/lib/json-shape"
import { isWithout } from "@/lib/observe/without"

/** Milliseconds that text which its reader has already may wait for more of it. */
const HOLD_MS = 1_000
/** Events and characters that the SDK gets at once, unless one event is longer. */
const MOST_TOGETHER = 16
const MOST_CHARACTERS = 128_000
const JOINS = !isWithout("joining")
const MOST_JOINED = JOINS ? MOST_CHARACTERS : 0
/** Milliseconds that a server has to close its answer, once it has said that it is over. */
const LAST_WORD_MS = 5_000
/** Milliseconds that a connection has to end by itself behind the end of its answer. */
const CLOSING_MS = 1_000

/**
 * `fetch` whose streamed answers come as the SDK understands them, whatever they are called (`wire/reader.ts`), with
 * their deltas joined. `budget`: of the answer that they belong to.
 */
export function joiningFetch(fetchUpstream: typeof fetch, reader?: DeltaReader, budget?: AnswerBudget): typeof fetch {
  return async (input, init) => {
    const response = await fetchUpstream(input, init)
    if (!response.ok || !response.body) return response
    const { status, statusText } = response
    const bytes = response instanceof NodeResponse ? response.source : bytesOf(response.body)
    const headers = new Headers(response.headers)
    headers.delete("content-length")
    if (!asksForStream(init)) return new Response(await wholeOf(bytes), { status, statusText, headers })
    headers.set("content-type", "text/event-stream")
    return new Response(joinDeltas(bytes, reader, budget, callOf(response)), { status, statusText, headers })
  }
}

/** Bytes, and values of JSON, of an answer that was asked for as a whole: a title. */
const MOST_OF_WHOLE = 1_000_000
const MOST_VALUES = 20_000

/** An answer that comes as a whole. Throws when it is more than one can be: the SDK would read it to its end. */
async function wholeOf(bytes: Readable): Promise<string> {
  const decoder = new TextDecoder()
  let [text, size] = ["", 0]
  for await (const piece of bytes) {
    size += piece.byteLength
    // Leaving the loop closes the connection.
    if (size > MOST_OF_WHOLE) throw notAnAnswer("")
    text += decoder.decode(piece, { stream: true })
  }
  text += decoder.decode()
  if (isTooMuch(text, MOST_VALUES)) throw notAnAnswer("")
  return text
}

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

/** The same events, neighboring text deltas that wait together joined into one. `call` is told what arrives. */
export function joinDeltas(
  bytes: Readable,
  reader?: DeltaReader,
  budget?: AnswerBudget,
  call?: WireCall,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  // An answer that is over is read to its end, so that the connection serves again; not for long.
  const waiting = new Waiting(reader, budget, (leaves) => {
    if (leaves) bytes.destroy()
    else setTimeout(() => bytes.destroy(), CLOSING_MS).unref()
  })
  readPaced(bytes, waiting, call)
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await waiting.ready()
        // The rest of this turn goes along, and others get theirs before the next piece.
        if (!waiting.ended || waiting.more) await nextTurn()
        const events = waiting.take()
        if (bytes.isPaused() && waiting.size <= MAX_WAITING) bytes.resume()
        if (events) controller.enqueue(encoder.encode(events))
        else if (waiting.ended?.error !== undefined) controller.error(waiting.ended.error)
        else controller.close()
      },
      cancel: () => {
        waiting.leave()
        bytes.destroy()
      },
    },
    { highWaterMark: 0 },
  )
}

const NOBODY: DeltaReader = { take: () => false, other: () => {} }

/** What waits for the SDK, neighboring deltas of the same kind joined. */
class Waiting {
  /** Characters that came since the last were taken. */
  size = 0
  ended: { error?: unknown } | null = null
  /** Not all was taken the last time. */
  more = false
  private readonly wire: WireReader
  private items: (Run | Other)[] = []
  private urgent = false
  private due = false
  private wake = () => {}
  private timer: NodeJS.Timeout | undefined
  private last: NodeJS.Timeout | undefined

  constructor(
    private readonly reader: DeltaReader = NOBODY,
    private readonly budget = new AnswerBudget(),
    /** Told once, at the end; `leaves`: the server is not to go on. */
    private readonly onEnd: (leaves: boolean) => void,
  ) {
    budget.beginStep()
    this.wire = new WireReader((item) => this.push(item), budget)
  }

  add(text: string): void {
    if (this.ended) return
    try {
      this.wire.feed(text)
    } catch (error) {
      return void this.fail(error)
    }
    // Half an event can't be taken: it does not wait for the reader.
    if (this.items.length > 0) this.size += text.length
    if (this.wire.done) return void this.end("")
    // A server that has said its last word and does not close.
    clearTimeout(this.last)
    if (this.wire.finished) this.last = setTimeout(() => this.end(""), LAST_WORD_MS)
    // What is too much to wait would not be read on until then.
    if (this.urgent || this.size > MAX_WAITING) this.hasten()
    else if (this.items.length > 0) this.timer ??= setTimeout(() => this.hasten(), HOLD_MS)
  }

  /** Nothing more comes; `how`: since that went wrong. An answer that had said its last word is whole all the same. */
  end(text: string, how: { error?: unknown } = {}): void {
    if (this.ended) return
    try {
      if (text) this.wire.feed(text)
      this.wire.end(how.error !== undefined)
    } catch (error) {
      return void this.fail(error)
    }
    this.close(this.wire.finished || this.wire.done ? {} : how)
  }

  /** Nobody waits for it any more. */
  leave(): void {
    this.close({})
  }

  /** Resolves when the SDK is to have what waits, or nothing more comes. */
  async ready(): Promise<void> {
    if (!this.due && !this.ended)
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
  }

  /** What waits, the first of it when it is much: the SDK works on a piece without a pause. */
  take(): string {
    const taken = this.items.splice(0, togetherOf(this.items))
    this.more = this.items.length > 0
    // What was to be waited for is taken along: the end of that wait must not find nothing.
    clearTimeout(this.timer)
    this.timer = undefined
    this.due = this.more
    if (!this.more) this.size = 0
    this.urgent = this.more
    return taken.map((item) => `${"data" in item ? `data: ${item.data}` : writePlain(item)}\n\n`).join("")
  }

  private push(next: Run | Other): void {
    const last = this.items.at(-1)
    if ("data" in next) {
      this.urgent = true
      this.items.push(next)
      this.reader.other()
      return
    }
    if (last && "kind" in last && last.kind === next.kind && last.text.length < MOST_JOINED) last.text += next.text
    else this.items.push({ ...next })
    this.urgent = !this.reader.take(next.kind, next.text) || !JOINS || this.urgent
  }

  /** An error of the stream makes the SDK drop what it has not passed on: a limit is an end, so that all is kept. */
  private fail(error: unknown): void {
    if (this.budget.met === null) return void this.close({ error })
    this.wire.stop()
    this.close({}, true)
  }

  private close(how: { error?: unknown }, leaves = how.error !== undefined): void {
    clearTimeout(this.last)
    if (!this.ended) this.onEnd(leaves)
    this.ended ??= how
    this.hasten()
  }

  private hasten(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.due = true
    this.wake()
  }
}

/** How many of the first go to the SDK together. */
function togetherOf(items: (Run | Other)[]): number {
  let size = 0
  let count = 0
  for (const item of items.slice(0, MOST_TOGETHER)) {
    size += "data" in item ? item.data.length : item.text.length
    if (count > 0 && size > MOST_CHARACTERS) break
    count++
  }
  return count
}
