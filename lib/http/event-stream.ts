/** Server-sent events: what every stream of ours has in common. */

/** Milliseconds between two comments that keep proxies from closing a quiet stream. */
const HEARTBEAT_MS = 15_000

const HEADERS = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  connection: "keep-alive",
  // nginx holds a response back unless it is told not to.
  "x-accel-buffering": "no",
}

interface Options {
  /** Aborted when the reader leaves. */
  abort: AbortController
  /** Written behind the last block, unless the reader has left. */
  end?: string
  headers?: Record<string, string>
}

/** A response of whole blocks of events, each written at once, with a comment every 15 s. */
export function eventStream(blocks: AsyncIterable<string>, { abort, end, headers }: Options): Response {
  const encoder = new TextEncoder()
  const iterator = blocks[Symbol.asyncIterator]()
  let heartbeat: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      heartbeat = setInterval(() => controller.enqueue(encoder.encode(": still here\n\n")), HEARTBEAT_MS)
    },
    pull: async (controller) => {
      const { done, value } = await iterator.next()
      if (!done) return controller.enqueue(encoder.encode(value))
      clearInterval(heartbeat)
      if (end && !abort.signal.aborted) controller.enqueue(encoder.encode(end))
      controller.close()
    },
    cancel: () => {
      clearInterval(heartbeat)
      abort.abort()
    },
  })
  return new Response(body, { headers: { ...headers, ...HEADERS } })
}
