/**
 * Joins neighboring text deltas of a chat-completions event stream before the AI SDK parses them: the SDK's cost is per
 * event, and whatever arrives while it works can travel as one.
 */
import { Readable } from "node:stream"
import { setImmediate as nextTurn } from "node:timers/promises"
import { MAX_WAITING, readPaced } from "@/lib/ai/paced-read"
import { callOf } from "@/lib/ai/tapped-fetch"
import { nonStreamError } from "@/lib/ai/upstream/upstream-errors"
import { AnswerBudget } from "@/lib/ai/wire/answer-limits"
import type { DeltaReader } from "@/lib/ai/wire/fast-lane"
import { formatPlainDelta, type Run } from "@/lib/ai/wire/plain-deltas"
import { type Other, WireReader } from "@/lib/ai/wire/reader"
import type { WireCall } from "@/lib/ai/wire/tap"
import { NodeResponse } from "@/lib/http/outgoing/response"
import { isTooMuch } from "@/lib/json-shape"
import { isPartDisabled } from "@/lib/observe/without"

/** Milliseconds that text may wait to be joined with more, if its reader already has it. */
const HOLD_MS = 1_000
/** Events and characters that the SDK gets at once, unless a single event is longer. */
const MAX_TOGETHER = 16
const MAX_CHARACTERS = 128_000
const JOINS = !isPartDisabled("joining")
const MAX_JOINED = JOINS ? MAX_CHARACTERS : 0
/** Milliseconds that a server has to close the response after it has signaled the end. */
const LAST_WORD_MS = 5_000
/** Milliseconds that a connection has to end on its own after the end of its answer. */
const CLOSING_MS = 1_000

/**
 * `fetch` whose streamed answers use the SDK's format, whatever the server's (`wire/reader.ts`), with deltas joined.
 * `budget`: that of the answer they belong to.
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

/** Bytes and JSON values of a non-streamed response, such as a title. */
const MAX_OF_WHOLE = 1_000_000
const MAX_VALUES = 20_000

/** A non-streamed response. Throws if it is too large, since the SDK would read it to the end. */
async function wholeOf(bytes: Readable): Promise<string> {
  const decoder = new TextDecoder()
  let [text, size] = ["", 0]
  for await (const piece of bytes) {
    size += piece.byteLength
    // Leaving the loop closes the connection.
    if (size > MAX_OF_WHOLE) throw nonStreamError("")
    text += decoder.decode(piece, { stream: true })
  }
  text += decoder.decode()
  if (isTooMuch(text, MAX_VALUES)) throw nonStreamError("")
  return text
}

const asksForStream = (init: RequestInit | undefined) =>
  typeof init?.body === "string" && /"stream":\s*true/.test(init.body)

/** A web stream as a Node stream: callback-based, without a promise per piece. */
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

/** The same events, with neighboring deltas joined while they wait. `call` is told what arrives. */
export function joinDeltas(
  bytes: Readable,
  reader?: DeltaReader,
  budget?: AnswerBudget,
  call?: WireCall,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  // A finished response is read to its end so that the connection can be reused, but not for long.
  const waiting = new Waiting(reader, budget, (leaves) => {
    if (leaves) bytes.destroy()
    else setTimeout(() => bytes.destroy(), CLOSING_MS).unref()
  })
  readPaced(bytes, waiting, call)
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        await waiting.ready()
        // Includes the rest of this turn, and yields before the next piece.
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

/** What waits for the SDK, with neighboring deltas of the same kind joined. */
class Waiting {
  /** Characters that have arrived since everything was last taken. */
  size = 0
  ended: { error?: unknown } | null = null
  /** Not everything was taken last time. */
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
    /** Called once, at the end; `leaves`: disconnect from the server. */
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
    // A partial event can't be taken, so it doesn't count.
    if (this.items.length > 0) this.size += text.length
    if (this.wire.done) return void this.end("")
    // In case a server that has signaled the end doesn't close the response.
    clearTimeout(this.last)
    if (this.wire.finished) this.last = setTimeout(() => this.end(""), LAST_WORD_MS)
    // Beyond this limit, reading would pause until the hold time is over.
    if (this.urgent || this.size > MAX_WAITING) this.hasten()
    else if (this.items.length > 0) this.timer ??= setTimeout(() => this.hasten(), HOLD_MS)
  }

  /** No more data follows; `how`: with the error, if any. An answer whose end was signaled is complete regardless. */
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

  /** The consumer has gone away. */
  leave(): void {
    this.close({})
  }

  /** Resolves when the SDK should take what waits, or no more data follows. */
  async ready(): Promise<void> {
    if (!this.due && !this.ended)
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
  }

  /** What waits, or only the first part if it is a lot: the SDK processes a piece without yielding. */
  take(): string {
    const taken = this.items.splice(0, togetherOf(this.items))
    this.more = this.items.length > 0
    // Everything held is taken now, so the hold timer must not fire on an empty queue.
    clearTimeout(this.timer)
    this.timer = undefined
    this.due = this.more
    if (!this.more) this.size = 0
    this.urgent = this.more
    return taken.map((item) => `${"data" in item ? `data: ${item.data}` : formatPlainDelta(item)}\n\n`).join("")
  }

  private push(next: Run | Other): void {
    const last = this.items.at(-1)
    if ("data" in next) {
      this.urgent = true
      this.items.push(next)
      this.reader.other()
      return
    }
    if (last && "kind" in last && last.kind === next.kind && last.text.length < MAX_JOINED) last.text += next.text
    else this.items.push({ ...next })
    this.urgent = !this.reader.take(next.kind, next.text) || !JOINS || this.urgent
  }

  /**
   * A stream error makes the SDK drop what it has not passed on, so exceeding a limit is treated as an end to keep
   * everything.
   */
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

/** How many of the first items go to the SDK together. */
function togetherOf(items: (Run | Other)[]): number {
  let size = 0
  let count = 0
  for (const item of items.slice(0, MAX_TOGETHER)) {
    size += "data" in item ? item.data.length : item.text.length
    if (count > 0 && size > MAX_CHARACTERS) break
    count++
  }
  return count
}
