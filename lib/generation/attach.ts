/** Following an answer: the event stream of a message, from any number on. */
import { UI_MESSAGE_STREAM_HEADERS, type UIMessageChunk } from "ai"
import { toChatMessage } from "@/lib/chat/messages"
import { runningGeneration } from "@/lib/db/generations"
import { findMessage } from "@/lib/db/messages"
import { chunksOf } from "@/lib/generation/chunks"
import type { LogEvent } from "@/lib/generation/log"
import { runtime } from "@/lib/generation/runtime"
import { eventStream } from "@/lib/http/event-stream"

/** The stream of a message that was just accepted: live, or as stored when it has ended. */
export async function followMessage(userId: string, messageId: string, signal: AbortSignal): Promise<Response | null> {
  const generationId = runtime().logOfMessage.get(messageId)
  const abort = new AbortController()
  const live = generationId
    ? await runtime().log.follow(generationId, -1, AbortSignal.any([signal, abort.signal]))
    : null
  if (live) return answerStream(live, abort)
  const row = await findMessage(messageId, userId)
  return row ? answerStream(once(chunksOf(toChatMessage(row))), abort) : null
}

/**
 * The stream of what runs in a conversation, from behind event `after`. `messageId` names the answer that the
 * follower was reading: its log serves for a while after the end. Null when nothing runs.
 */
export async function followConversation(
  userId: string,
  conversationId: string,
  { after, messageId, signal }: { after: number; messageId?: string; signal: AbortSignal },
): Promise<Response | null> {
  const running = await runningGeneration(conversationId, userId)
  const owned = !running && messageId ? await findMessage(messageId, userId) : null
  if (messageId && running && running.messageId !== messageId) return null
  const generationId =
    running?.id ?? (owned?.conversationId === conversationId ? runtime().logOfMessage.get(owned.id) : undefined)
  if (!generationId) return null
  const abort = new AbortController()
  const events = await runtime().log.follow(generationId, after, AbortSignal.any([signal, abort.signal]))
  return events && answerStream(events, abort)
}

async function* once(chunks: UIMessageChunk[]): AsyncGenerator<LogEvent[]> {
  yield chunks.map((chunk, seq) => ({ seq, json: JSON.stringify(chunk) }))
}

/** The events as the AI SDK reads them, each with its number as `id`. */
function answerStream(events: AsyncIterable<LogEvent[]>, abort: AbortController): Response {
  return eventStream(blocksOf(events), { abort, end: "data: [DONE]\n\n", headers: UI_MESSAGE_STREAM_HEADERS })
}

const blockOf = (batch: LogEvent[]) => batch.map(({ seq, json }) => `id: ${seq}\ndata: ${json}\n\n`).join("")

/** By hand, not by a generator: this is done for every token. */
function blocksOf(events: AsyncIterable<LogEvent[]>): AsyncIterable<string> {
  const iterator = events[Symbol.asyncIterator]()
  const next = () =>
    iterator
      .next()
      .then(
        ({ done, value }): IteratorResult<string> =>
          done ? { done, value: undefined } : { done: false, value: blockOf(value) },
      )
  return { [Symbol.asyncIterator]: () => ({ next }) }
}
