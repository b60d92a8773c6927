/** Server-sent events: the parts shared by all our streams. */
import { handOver } from "@/lib/http/hand-over"
import { holdStream } from "@/lib/http/held-streams"

/** Milliseconds between comments that keep proxies from closing an idle stream. */
const HEARTBEAT_MS = 15_000
const HEARTBEAT = ": still here\n\n"

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  connection: "keep-alive",
  // nginx buffers a response unless told not to.
  "x-accel-buffering": "no",
}

interface Options {
  /** The user who owns the stream. */
  owner: string
  /** Aborted when the client disconnects. */
  abort: AbortController
  /** Written after the last block, unless the client has disconnected. */
  end?: string
  headers?: Record<string, string>
}

/** The destination of blocks. */
export interface Sink {
  /** Returns false when the buffer is full; `onRoom` reports when there is room again. */
  write(text: string): boolean
  onRoom(callback: () => void): void
  end(): void
  /** Aborts after an error: the client must see a broken stream, not a regular end. */
  fail(error: unknown): void
}

/** A response of complete event blocks, each written immediately, with a comment every 15 s. */
export function eventStream(blocks: AsyncIterable<string>, { headers, ...options }: Options): Response {
  const start = (sink: Sink) => pump(blocks, sink, options)
  const handed = handOver((sink) => start(sink))
  if (handed) return new Response(null, { headers: { ...headers, ...HEADERS, ...handed } })
  return new Response(bodyOf(start), { headers: { ...headers, ...HEADERS } })
}

/** Writes the blocks with backpressure. Returns a function to call when the client has disconnected. */
function pump(blocks: AsyncIterable<string>, sink: Sink, { owner, abort, end }: Options): () => void {
  const iterator = blocks[Symbol.asyncIterator]()
  const heartbeat = setInterval(() => sink.write(HEARTBEAT), HEARTBEAT_MS)
  let left = false
  const stop = () => {
    clearInterval(heartbeat)
    release()
  }
  const take = ({ done, value }: IteratorResult<string>) => {
    if (left) return
    if (!done) {
      if (sink.write(value)) next()
      else sink.onRoom(next)
      return
    }
    stop()
    if (end) sink.write(end)
    sink.end()
  }
  // Not with `for await`: this runs for every token, and has to be fast.
  const next = () =>
    void iterator.next().then(take, (error: unknown) => {
      stop()
      if (!left) sink.fail(error)
    })
  const leave = () => {
    left = true
    stop()
    abort.abort()
    // Blocks waiting for room would not notice otherwise.
    void iterator.return?.().catch(() => {})
  }
  const release = holdStream(owner, () => {
    leave()
    sink.fail(new Error("too many streams for this person, or their session has ended"))
  })
  next()
  return leave
}

/** The same as a web stream, for servers that can't take over the stream (`next dev`). */
function bodyOf(start: (sink: Sink) => () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let left = () => {}
  let room = () => {}
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      left = start({
        write: (text) => {
          controller.enqueue(encoder.encode(text))
          return (controller.desiredSize ?? 1) > 0
        },
        onRoom: (callback) => {
          room = callback
        },
        end: () => controller.close(),
        fail: (error) => controller.error(error),
      })
    },
    pull: () => {
      const callback = room
      room = () => {}
      callback()
    },
    cancel: () => left(),
  })
}
