/** Server-sent events: what every stream of ours has in common. */
import { handOver } from "@/lib/http/hand-over"
import { holdStream } from "@/lib/http/held-streams"

/** Milliseconds between two comments that keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000
const HEARTBEAT = ": still here\n\n"

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  connection: "keep-alive",
  // nginx holds a response back unless it is told not to.
  "x-accel-buffering": "no",
}

interface Options {
  /** Whose stream it is. */
  owner: string
  /** Aborted when the reader leaves. */
  abort: AbortController
  /** Written behind the last block, unless the reader has left. */
  end?: string
  headers?: Record<string, string>
}

/** Where blocks go. */
export interface Sink {
  /** False: there is no room, `onRoom` tells when there is again. */
  write(text: string): boolean
  onRoom(callback: () => void): void
  end(): void
  /** The blocks can't go on: the reader shall see a broken stream, not its end. */
  fail(error: unknown): void
}

/** A response of whole blocks of events, each written at once, with a comment every 15 s. */
export function eventStream(blocks: AsyncIterable<string>, { headers, ...options }: Options): Response {
  const start = (sink: Sink) => pump(blocks, sink, options)
  const handed = handOver((sink) => start(sink))
  if (handed) return new Response(null, { headers: { ...headers, ...HEADERS, ...handed } })
  return new Response(bodyOf(start), { headers: { ...headers, ...HEADERS } })
}

/** Writes the blocks as there is room for them. Returns what to call when the reader has left. */
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
  // By hand, not by `for await`: this is done for every token.
  const next = () =>
    void iterator.next().then(take, (error: unknown) => {
      stop()
      if (!left) sink.fail(error)
    })
  const leave = () => {
    left = true
    stop()
    abort.abort()
    // Blocks that wait for room hear of nothing else.
    void iterator.return?.().catch(() => {})
  }
  const release = holdStream(owner, () => {
    leave()
    sink.fail(new Error("this person holds too many streams, or their session has ended"))
  })
  next()
  return leave
}

/** The same as a web stream, for a server that can't be handed it (`next dev`). */
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
