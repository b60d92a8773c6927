import type { UIMessageChunk } from "ai"
import { isFinal } from "@/components/base/api"
import { readEvents } from "@/components/stream/event-stream"

export type Connection = "open" | "reconnecting"

interface FollowOptions {
  /** A response whose stream begins with event 0, when there is one already. */
  first: Response | null
  /** Opens the stream behind event `after` (-1: from the start); null when nothing runs. Throws when it can't. */
  attach: (after: number, messageId: string | undefined, signal: AbortSignal) => Promise<Response | null>
  /** The wait before retry number `attempt`, from 0. */
  wait: (attempt: number, signal: AbortSignal) => Promise<void>
  onConnection: (connection: Connection) => void
  /** The answer ended while nobody was looking: what is stored has to be read instead. */
  onGone: () => void
  signal: AbortSignal
}

/**
 * One answer's chunks, each once and in order, over as many connections as it takes: when one breaks before
 * `[DONE]`, the next begins behind the last event that was seen. Throws `ApiError` when the server refuses
 * for good, and the signal's reason when aborted.
 */
export async function* followAnswer(options: FollowOptions): AsyncGenerator<UIMessageChunk> {
  const { attach, wait, onConnection, onGone, signal } = options
  const seen: Seen = { last: -1, messageId: undefined, failures: 0 }
  let response = options.first
  try {
    for (;;) {
      try {
        response ??= await attach(seen.last, seen.messageId, signal)
        if (!response) return onGone()
        onConnection("open")
        const ended = yield* chunksOf(response, seen)
        if (ended) return
      } catch (error) {
        signal.throwIfAborted()
        if (isFinal(error)) throw error
      }
      response = null
      onConnection("reconnecting")
      await wait(seen.failures++, signal)
    }
  } finally {
    onConnection("open")
  }
}

interface Seen {
  /** Number of the last event. */
  last: number
  messageId: string | undefined
  /** Connections in a row that brought nothing new. */
  failures: number
}

/** Yields what is new in one connection; true when the answer ended, false when the connection was cut. */
async function* chunksOf(response: Response, seen: Seen): AsyncGenerator<UIMessageChunk, boolean> {
  if (!response.body) return false
  for await (const events of readEvents(response.body)) {
    for (const { seq, data } of events) {
      if (data === "[DONE]") return true
      if (seq === null || seq <= seen.last) continue
      // A gap: what is missing comes with the next connection.
      if (seq !== seen.last + 1) return false
      const chunk: UIMessageChunk = JSON.parse(data)
      if (chunk.type === "start") seen.messageId = chunk.messageId ?? seen.messageId
      seen.last = seq
      seen.failures = 0
      yield chunk
    }
  }
  return false
}
