/** Follows one or several answers of a conversation over one connection at a time. */
import type { UIMessageChunk } from "ai"
import { isFinal, readError } from "@/components/base/api"
import { retryWait } from "@/components/base/retry-wait"
import { readEvents, type StreamEvent } from "@/components/stream/event-stream"

export type Connection = "open" | "reconnecting"

/** An update to one answer: a chunk, its end, or that it ended while unobserved. */
interface AnswerNews {
  messageId: string
  news: UIMessageChunk | "done" | "gone"
}

/** A response that starts with the first events of these answers. With a single answer, events need no name. */
export interface FirstResponse {
  response: Response
  ids: string[]
}

interface FollowAnswersOptions {
  chatId: string
  /** The answers, each with the number of the last event seen (-1: none). Updated as events arrive. */
  places: Map<string, number>
  /** The response of the turn that requested them, if available. */
  first: FirstResponse | null
  onConnection: (connection: Connection) => void
  signal: AbortSignal
  /** The server's origin; the page's own by default. */
  origin?: string
  /** The delay before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * The chunks of all answers, each once and in order, over as many connections as necessary, until every answer has
 * ended. When a connection breaks, the next resumes after the last events seen. Throws `ApiError` when the server
 * refuses permanently, and the signal's reason when aborted.
 */
export async function* followAnswers(options: FollowAnswersOptions): AsyncGenerator<AnswerNews[]> {
  const { places, onConnection, signal, wait = retryWait } = options
  let { first } = options
  let failures = 0
  try {
    while (places.size > 0) {
      try {
        const response: Response | null = first?.response ?? (await attach(options))
        if (!response?.body) return yield allGone(places)
        onConnection("open")
        const only = first?.ids.length === 1 ? first.ids[0] : undefined
        for await (const news of newsOf(readEvents(response.body, signal), places, only)) {
          failures = 0
          yield news
        }
        signal.throwIfAborted()
      } catch (error) {
        signal.throwIfAborted()
        if (isFinal(error)) throw error
      }
      first = null
      if (places.size === 0) return
      onConnection("reconnecting")
      await wait(failures++, signal)
    }
  } finally {
    onConnection("open")
  }
}

/** Opens the stream after the last events seen; null when none of it can be followed. */
async function attach({ chatId, places, signal, origin = "" }: FollowAnswersOptions): Promise<Response | null> {
  const answers = [...places].map(([messageId, after]) => `${messageId}:${after}`).join()
  const query = new URLSearchParams({ answers })
  const response = await fetch(`${origin}/api/chat/${chatId}/stream?${query}`, { signal, cache: "no-store" })
  if (response.status === 204) return null
  if (!response.ok) throw await readError(response)
  return response
}

function allGone(places: Map<string, number>): AnswerNews[] {
  const gone = [...places.keys()].map((messageId) => ({ messageId, news: "gone" as const }))
  places.clear()
  return gone
}

/**
 * New events of one connection. Ends when all answers have ended, the connection ends, or at a gap. Events without a
 * name belong to `only`.
 */
async function* newsOf(
  stream: AsyncIterable<StreamEvent[]>,
  places: Map<string, number>,
  only: string | undefined,
): AsyncGenerator<AnswerNews[]> {
  for await (const events of stream) {
    const news: AnswerNews[] = []
    let gap = false
    for (const { seq, data, name: messageId = only } of events) {
      const last = messageId === undefined ? undefined : places.get(messageId)
      if (messageId === undefined || last === undefined) continue
      if (data === "[DONE]" || data === "[GONE]") {
        places.delete(messageId)
        news.push({ messageId, news: data === "[DONE]" ? "done" : "gone" })
      } else if (seq !== null && seq > last) {
        // The next connection delivers the missing events.
        gap = seq !== last + 1
        if (gap) break
        places.set(messageId, seq)
        const chunk: UIMessageChunk = JSON.parse(data)
        news.push({ messageId, news: chunk })
      }
    }
    if (news.length > 0) yield news
    if (gap || places.size === 0) return
  }
}
