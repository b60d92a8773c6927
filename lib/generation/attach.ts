/** Following answers: the event stream of one or several, from any event number, whichever process writes them. */
import { setTimeout as wait } from "node:timers/promises"
import { UI_MESSAGE_STREAM_HEADERS, type UIMessageChunk } from "ai"
import { eventLog } from "@/lib/bus/here"
import type { LogEvent } from "@/lib/bus/log"
import { messageForUser } from "@/lib/chat/messages"
import { openComparisonOf } from "@/lib/chat/tree"
import { generationById, newestGeneration, runningGenerations } from "@/lib/db/generations"
import { blindMessageIds, findMessage } from "@/lib/db/messages"
import { messageChunks } from "@/lib/generation/log/chunks"
import { merged } from "@/lib/generation/merged"
import { closeAbandoned } from "@/lib/generation/recover"
import { runningByMessage } from "@/lib/generation/runtime"
import { withLoggedContent } from "@/lib/generation/view"
import { eventStream } from "@/lib/http/event-stream"
import type { Language } from "@/lib/i18n/language"
import { blindEvent } from "@/lib/messages/blind"
import { createSentenceRenderer, localizedEvents } from "@/lib/messages/spoken"

const DONE = "data: [DONE]\n\n"

/** Who is following, and how. */
interface Reader {
  /** Aborted when the client disconnects. */
  signal: AbortSignal
  language?: Language
  /**
   * Several answers share one stream, since a browser keeps few connections: each block has its answer as `event` and
   * its number within the answer as `id`. `[DONE]` ends an answer, `[GONE]` one whose log no longer exists (read the
   * stored message instead), `[DONE]` without a name the stream. Omitted: there is one unnamed answer.
   */
  named?: boolean
}

/** An answer, and the number of the last event seen of it. */
export interface Place {
  /** Omitted: the first answer that is running. */
  messageId?: string
  after: number
}

interface Followed {
  messageId: string
  /** Null: there is nothing to follow. */
  events: AsyncIterable<LogEvent[]> | null
  /** The model's name must not be revealed. */
  blind: boolean
}

/** The stream of answers that were just accepted: live, or as stored if they have ended. Null when there are none. */
export const followMessages = (userId: string, messageIds: string[], reader: Reader): Promise<Response | null> =>
  answerStream(userId, reader, (signal) =>
    Promise.all(
      messageIds.map(async (messageId) => ({ messageId, ...(await wholeAnswer(userId, messageId, signal)) })),
    ),
  )

/**
 * The stream of what runs in a conversation, from the given places. The log of an answer stays readable for a while
 * after its end. Null when none of it can be followed.
 */
export const followConversation = (
  userId: string,
  conversationId: string,
  places: Place[],
  reader: Reader,
): Promise<Response | null> =>
  answerStream(userId, reader, async (signal) => {
    const running = await runningGenerations(conversationId, userId)
    const blind = await blindMessageIds([...places, ...running].flatMap(({ messageId }) => messageId ?? []))
    return Promise.all(
      places.map(async ({ messageId, after }): Promise<Followed> => {
        const found = messageId
          ? (running.find((generation) => generation.messageId === messageId) ??
            (await lingering(userId, conversationId, messageId, running.length > 0)))
          : running[0]
        const id = messageId ?? found?.messageId ?? ""
        return {
          messageId: id,
          blind: blind.has(id),
          events: found ? await followGeneration(found.id, after, signal) : null,
        }
      }),
    )
  })

/** The run of an answer that has ended; while another turn runs, only of an answer that is compared with it. */
async function lingering(userId: string, conversationId: string, messageId: string, othersRun: boolean) {
  const row = await findMessage(messageId, userId)
  if (row?.conversationId !== conversationId || (othersRun && !openComparisonOf(row))) return null
  return newestGeneration(row.id)
}

/** All events of an answer, from its log or built from the stored message. Null when there is no such answer. */
async function wholeAnswer(userId: string, messageId: string, signal: AbortSignal) {
  // Usually it has just started here, so no query is needed.
  const here = runningByMessage(messageId)
  const run = here ?? (await newestGeneration(messageId))
  const events = run?.userId === userId ? await followGeneration(run.id, -1, signal) : null
  if (events) return { events, blind: here ? here.blind : (await blindMessageIds([messageId])).has(messageId) }
  const row = await findMessage(messageId, userId)
  // Built only from what may be revealed.
  return { events: row ? once(messageChunks(await withLoggedContent(messageForUser(row)))) : null, blind: false }
}

/** How often to look for the log of a generation that is already stored, 10 ms apart. */
const LOOKS = 50

/**
 * The events of a generation after number `after`, whichever process runs it. A generation is stored shortly before its
 * log is opened, so this waits for the log. Closes one whose process has died. Null when the log no longer exists.
 */
async function followGeneration(id: string, after: number, signal: AbortSignal) {
  for (let look = 0; look < LOOKS && !signal.aborted; look++) {
    if (look > 0) await wait(10)
    const events = await eventLog().follow(id, after, signal)
    if (events) return events
    const generation = await generationById(id)
    if (generation?.endedAt !== null) return null
    if (generation.leaseUntil < new Date()) {
      await closeAbandoned(generation)
      return null
    }
  }
  return null
}

async function* once(chunks: UIMessageChunk[]): AsyncGenerator<LogEvent[]> {
  yield chunks.map((chunk, seq) => ({ seq, json: JSON.stringify(chunk) }))
}

/** The events in the AI SDK's format, each with its number as `id`. */
async function answerStream(
  owner: string,
  reader: Reader,
  find: (signal: AbortSignal) => Promise<Followed[]>,
): Promise<Response | null> {
  const abort = new AbortController()
  const followed = await find(AbortSignal.any([reader.signal, abort.signal]))
  if (followed.every(({ events }) => events === null)) return null
  const blocks = merged(followed.map((one) => blocksOf(one, reader)))
  return eventStream(blocks, { owner, abort, end: DONE, headers: UI_MESSAGE_STREAM_HEADERS })
}

const asStored = (json: string) => json

/** Translates an answer's events into the reader's language. */
function readIn(language: Language | undefined, blind: boolean): (json: string) => string {
  const speak = language && createSentenceRenderer(language)
  const read = speak ? localizedEvents(speak) : asStored
  return blind ? (json) => read(blindEvent(json)) : read
}

const ENDED = { done: true, value: undefined } as const

/** A hand-written iterator instead of a generator, because this runs for every token. */
function blocksOf({ messageId, events, blind }: Followed, { language, named }: Reader): AsyncIterableIterator<string> {
  const iterator = events?.[Symbol.asyncIterator]()
  const read = readIn(language, blind)
  const name = named ? `event: ${messageId}\n` : ""
  let last = named ? `${name}${events ? DONE : "data: [GONE]\n\n"}` : null
  const take = (result: IteratorResult<LogEvent[]>): IteratorResult<string> => {
    if (!result.done)
      return {
        done: false,
        value: result.value.map(({ seq, json }) => `${name}id: ${seq}\ndata: ${read(json)}\n\n`).join(""),
      }
    const value = last
    last = null
    return value === null ? ENDED : { done: false, value }
  }
  const blocks: AsyncIterableIterator<string> = {
    next: () => (iterator ? iterator.next().then(take) : Promise.resolve(take(ENDED))),
    [Symbol.asyncIterator]: () => blocks,
  }
  return blocks
}
