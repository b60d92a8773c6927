/** Answers of one conversation, one or several, read from one connection at a time. */
import type { UIMessageChunk } from "ai"
import { isFinal, readError } from "@/components/base/api"
import { retryWait } from "@/components/base/retry-wait"
import { readEvents, type StreamEvent } from "@/components/stream/event-stream"

export type Connection = "open" | "reconnecting"

/** What happens to one of the answers: a chunk, its end, or that it ended while nobody was looking. */
interface AnswerNews {
  messageId: string
  news: UIMessageChunk | "done" | "gone"
}

/** A response that begins with the first events of these answers. Of one alone its events need no name. */
export interface FirstResponse {
  response: Response
  ids: string[]
}

interface FollowAnswersOptions {
  chatId: string
  /** The answers, each with the number of its last event that was seen (-1: none). It is kept up to date. */
  places: Map<string, number>
  /** The response that asked for them, when there is one already. */
  first: FirstResponse | null
  onConnection: (connection: Connection) => void
  signal: AbortSignal
  /** Of the server; the page's own when left out. */
  origin?: string
  /** The wait before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * The chunks of all answers, each once and in its order, over as many connections as it takes, until every answer has
 * ended: when one breaks, the next begins behind the last events that were seen. Throws `ApiError` when the server
 * refuses for good, and the signal's reason when aborted.
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

/** Opens the stream behind what was seen; null when nothing of it can be followed. */
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
 * What is new in one connection; ends when all answers have, or with the connection, or at a gap. Events without a name
 * are those of `only`.
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
        // What is missing comes with the next connection.
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
