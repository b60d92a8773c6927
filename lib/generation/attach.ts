/** Following an answer, or several that are compared: the event stream of a message, from any number on. */
import { UI_MESSAGE_STREAM_HEADERS, type UIMessageChunk } from "ai"
import { toChatMessage } from "@/lib/chat/messages"
import { runningGenerations } from "@/lib/db/generations"
import { findMessage } from "@/lib/db/messages"
import { chunksOf } from "@/lib/generation/chunks"
import type { LogEvent } from "@/lib/generation/log"
import { merged } from "@/lib/generation/merged"
import { runtime } from "@/lib/generation/runtime"
import { eventStream } from "@/lib/http/event-stream"
import type { Language } from "@/lib/i18n/language"
import { speakIn, spokenEvents } from "@/lib/messages/spoken"

const DONE = "data: [DONE]\n\n"

/** Who follows. */
interface Reader {
  /** Aborted when they leave. */
  signal: AbortSignal
  language?: Language
}

/** The stream of a message that was just accepted: live, or as stored when it has ended. */
export async function followMessage(
  userId: string,
  messageId: string,
  { signal, language }: Reader,
): Promise<Response | null> {
  const abort = new AbortController()
  const events = await eventsOf(userId, messageId, AbortSignal.any([signal, abort.signal]))
  return events && answerStream(userId, blocksOf(events, language), abort)
}

/**
 * The stream of what runs in a conversation, from behind event `after`. `messageId` names the answer that the
 * follower was reading: its log serves for a while after the end. Null when nothing runs.
 */
export async function followConversation(
  userId: string,
  conversationId: string,
  { after, messageId, signal, language }: Reader & { after: number; messageId?: string },
): Promise<Response | null> {
  const running = await runningGenerations(conversationId, userId)
  const generationId = messageId
    ? (running.find((generation) => generation.messageId === messageId)?.id ??
      (await lingering(userId, conversationId, messageId, running.length > 0)))
    : running[0]?.id
  if (!generationId) return null
  const abort = new AbortController()
  const events = await runtime().log.follow(generationId, after, AbortSignal.any([signal, abort.signal]))
  return events && answerStream(userId, blocksOf(events, language), abort)
}

/** The log of an answer that has ended; while another turn runs, only of one that is compared with what runs. */
async function lingering(userId: string, conversationId: string, messageId: string, othersRun: boolean) {
  const row = await findMessage(messageId, userId)
  if (row?.conversationId !== conversationId || (othersRun && !row.comparisonId)) return undefined
  return runtime().logOfMessage.get(row.id)
}

/** An answer, and the number of its last event that was seen. */
export interface Place {
  messageId: string
  after: number
}

/**
 * The streams of several answers of a conversation as one, since a browser keeps few connections: each block names its
 * answer as `event`, and has its number there as `id`. `[DONE]` ends an answer, `[GONE]` one whose log is no more (what
 * is stored has to be read), `[DONE]` without a name the stream. Null when nothing of it can be followed.
 */
export async function followAnswers(
  userId: string,
  conversationId: string,
  places: Place[],
  { signal, language }: Reader,
): Promise<Response | null> {
  const abort = new AbortController()
  const left = AbortSignal.any([signal, abort.signal])
  const running = await runningGenerations(conversationId, userId)
  const followed = await Promise.all(
    places.map(async ({ messageId, after }) => {
      const generationId =
        running.find((generation) => generation.messageId === messageId)?.id ??
        (await lingering(userId, conversationId, messageId, running.length > 0))
      return { messageId, events: generationId ? await runtime().log.follow(generationId, after, left) : null }
    }),
  )
  if (followed.every(({ events }) => events === null)) return null
  return answerStream(
    userId,
    merged(followed.map(({ messageId, events }) => namedBlocks(messageId, events, language))),
    abort,
  )
}

/** The streams of answers that were just accepted, as `followAnswers`: live, or as stored when they have ended. */
export async function followMessages(
  userId: string,
  messageIds: string[],
  { signal, language }: Reader,
): Promise<Response | null> {
  const abort = new AbortController()
  const left = AbortSignal.any([signal, abort.signal])
  const followed = await Promise.all(
    messageIds.map(async (messageId) => ({ messageId, events: await eventsOf(userId, messageId, left) })),
  )
  if (followed.every(({ events }) => events === null)) return null
  return answerStream(
    userId,
    merged(followed.map(({ messageId, events }) => namedBlocks(messageId, events, language))),
    abort,
  )
}

/** All events of an answer: of its log, or made of what is stored. Null when there is no such answer. */
async function eventsOf(userId: string, messageId: string, signal: AbortSignal) {
  const generationId = runtime().logOfMessage.get(messageId)
  const live = generationId ? await runtime().log.follow(generationId, -1, signal) : null
  if (live) return live
  const row = await findMessage(messageId, userId)
  return row ? once(chunksOf(toChatMessage(row))) : null
}

async function* once(chunks: UIMessageChunk[]): AsyncGenerator<LogEvent[]> {
  yield chunks.map((chunk, seq) => ({ seq, json: JSON.stringify(chunk) }))
}

/** The events as the AI SDK reads them, each with its number as `id`. */
function answerStream(owner: string, blocks: AsyncIterable<string>, abort: AbortController): Response {
  return eventStream(blocks, { owner, abort, end: DONE, headers: UI_MESSAGE_STREAM_HEADERS })
}

const asStored = (json: string) => json

/** What an answer's events say to who reads this language. */
function readIn(language: Language | undefined): (json: string) => string {
  const speak = language && speakIn(language)
  return speak ? spokenEvents(speak) : asStored
}

/** By hand, not by a generator: this is done for every token. */
function blocksOf(events: AsyncIterable<LogEvent[]>, language: Language | undefined): AsyncIterable<string> {
  const iterator = events[Symbol.asyncIterator]()
  const read = readIn(language)
  const blockOf = (batch: LogEvent[]) => batch.map(({ seq, json }) => `id: ${seq}\ndata: ${read(json)}\n\n`).join("")
  const next = () =>
    iterator
      .next()
      .then(
        ({ done, value }): IteratorResult<string> =>
          done ? { done, value: undefined } : { done: false, value: blockOf(value) },
      )
  return { [Symbol.asyncIterator]: () => ({ next }) }
}

async function* namedBlocks(
  name: string,
  events: AsyncIterable<LogEvent[]> | null,
  language: Language | undefined,
): AsyncGenerator<string> {
  if (!events) return yield `event: ${name}\ndata: [GONE]\n\n`
  const read = readIn(language)
  for await (const batch of events)
    yield batch.map(({ seq, json }) => `event: ${name}\nid: ${seq}\ndata: ${read(json)}\n\n`).join("")
  yield `event: ${name}\n${DONE}`
}
