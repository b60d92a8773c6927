/** Search over a user's conversations: titles, and all messages of all branches. Every query includes the owner. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { config } from "@/lib/config"
import { cut } from "@/lib/cut"
import { isPostgres } from "@/lib/db/client"
import { foldersOf } from "@/lib/db/folders"
import { tagCounts } from "@/lib/db/listing"
import {
  conversationsFound,
  conversationsIn,
  findCandidates,
  MAX_RANKED_CHARS,
  messagesFound,
  type Place,
  type SearchCandidate,
} from "@/lib/db/search"
import { parseParts } from "@/lib/messages/parts"
import { excerptsOf, highlightAll, MAX_SCANNED } from "@/lib/search/excerpt"
import { type Filter, passes, readFilters } from "@/lib/search/filters"
import { catchUp, searchableText } from "@/lib/search/indexer"
import { findPage, type PageFound, type SearchedDocument } from "@/lib/search/pages"
import { type Clause, parseQuery, type SearchQuery } from "@/lib/search/query"
import { rank } from "@/lib/search/rank"
import type { MarkedText, SearchAnswer, SearchHit } from "@/lib/search/types"
import { ownerTerm } from "@/lib/search/words"
import { singleton } from "@/lib/singleton"
import { createFairLimiter } from "@/lib/work/fair-limiter"
import { work } from "@/lib/work/work"

interface SearchPage {
  limit: number
  /** Hits to skip. */
  offset?: number
  signal?: AbortSignal
}

type Piece = Required<Omit<SearchPage, "signal">>

const NOTHING: SearchAnswer = { hits: [], cursor: null, indexing: false }

/**
 * The hits for a typed query, best first; without words, the newest conversations with the given tags and folders. Any
 * text is allowed; one with neither finds nothing. A search whose client has disconnected (`signal`) is skipped,
 * because the search for the next keystroke waits behind it.
 */
export async function searchConversations(
  userId: string,
  text: string,
  { limit, offset = 0, signal }: SearchPage,
): Promise<SearchAnswer> {
  const { text: words, filters } = readFilters(text)
  const query = parseQuery(words)
  if (!query && filters.length === 0) return NOTHING
  const place = await placeOf(userId, filters)
  if (!place) return NOTHING
  if (!query) return listPlace(userId, place, { limit, offset })
  return inTurn()(userId, async () => (signal?.aborted ? NOTHING : find(userId, query, place, { limit, offset })))
}

/** Concurrent searches of all users, one per user: with SQLite, the database runs in this process. */
const inTurn = () => singleton("searches", () => createFairLimiter(2, 1))

async function find(
  userId: string,
  { clauses, terms, beginnings, needles }: SearchQuery,
  place: Place,
  { limit, offset }: Piece,
): Promise<SearchAnswer> {
  await nextTurn()
  const upToDate = await catchUp()
  const found = await findCandidates({ userId, terms: [ownerTerm(userId), ...terms], beginnings, needles, place })
  await nextTurn()
  const ranked = rank(found, clauses)
  return {
    hits: await toHits(userId, ranked.slice(offset, offset + limit), clauses),
    cursor: ranked.length > offset + limit ? String(offset + limit) : null,
    indexing: !upToDate,
  }
}

/** The scope of the filters; null if one names nothing that this user has. */
async function placeOf(userId: string, filters: Filter[]): Promise<Place | null> {
  const wanted = filters.filter(({ kind }) => kind === "folder")
  const tags = filters.filter(({ kind }) => kind === "tag")
  const known = tags.length > 0 ? (await tagCounts(userId)).map(({ name }) => name) : []
  const named = tags.map((filter) => known.filter((name) => passes(filter, name)))
  const folders = wanted.length > 0 ? await foldersOf(userId) : []
  // A conversation is in one folder, so several folders widen the search.
  const folderIds = folders.filter(({ name }) => wanted.some((filter) => passes(filter, name))).map(({ id }) => id)
  if (named.some((names) => names.length === 0) || (wanted.length > 0 && folderIds.length === 0)) return null
  return { tags: named, ...(wanted.length > 0 && { folderIds }) }
}

async function listPlace(userId: string, place: Place, { limit, offset }: Piece): Promise<SearchAnswer> {
  const rows = await conversationsIn(userId, place, { limit: limit + 1, offset })
  return {
    hits: rows.slice(0, limit).map(({ id, title, updatedAt }) => ({
      conversationId: id,
      title: unmarked(title),
      message: null,
      date: updatedAt.toISOString(),
    })),
    cursor: rows.length > limit ? String(offset + limit) : null,
    indexing: false,
  }
}

const unmarked = (text: string): MarkedText => ({ text, marks: [] })

/**
 * Messages read per turn of the event loop, unless they are long. SQLite reads them in this process; PostgreSQL in its
 * own, where each query is another round trip.
 */
const READ_AT_ONCE = { here: 4, elsewhere: 20 }

/**
 * IDs of the hits' messages, in batches that are read in one turn. A text that the ranking saw only in part may be
 * long.
 */
export function readingsOf(
  found: Pick<SearchCandidate, "messageId" | "text">[],
  atOnce = READ_AT_ONCE.here,
): string[][] {
  const readings: string[][] = []
  let room = 0
  for (const { messageId, text } of found) {
    if (messageId === null) continue
    const long = text.length >= MAX_RANKED_CHARS
    if (room === 0 || long) {
      readings.push([])
      room = atOnce
    }
    readings.at(-1)?.push(messageId)
    room = long ? 0 : room - 1
  }
  return readings
}

async function messagesOf(found: SearchCandidate[], conversationIds: string[]) {
  const messages: (Omit<FoundMessage, "parts"> & { text: string; documents: SearchedDocument[] })[] = []
  const atOnce = isPostgres(config().databaseUrl) ? READ_AT_ONCE.elsewhere : READ_AT_ONCE.here
  for (const ids of readingsOf(found, atOnce)) {
    const rows = await messagesFound(ids, conversationIds)
    for (const { parts, ...row } of rows)
      messages.push({ ...row, text: cut(searchableText(parts), MAX_SCANNED), documents: documentsIn(parts) })
    await nextTurn()
  }
  return messages
}

const documentsIn = (stored: unknown): SearchedDocument[] =>
  parseParts(stored).flatMap((part) =>
    part.type === "data-document" && part.data.documentId
      ? [{ id: part.data.documentId, name: part.data.name, kind: part.data.kind }]
      : [],
  )

type FoundMessage = Awaited<ReturnType<typeof messagesFound>>[number]

/**
 * Maximum number of characters of texts whose excerpts are created in this thread: a few milliseconds. More are left to
 * a worker thread.
 */
const MAX_HERE = 20_000
const EXCERPTS_MS = 3_000

async function excerptsFor(userId: string, texts: string[], clauses: Clause[]): Promise<MarkedText[]> {
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length <= MAX_HERE) return excerptsOf(texts, clauses)
  const most = Math.floor(MAX_HERE / texts.length)
  return work("excerpts", { person: userId, ms: EXCERPTS_MS }, texts, clauses).catch(() =>
    excerptsOf(
      texts.map((text) => cut(text, most)),
      clauses,
    ),
  )
}

async function toHits(userId: string, found: SearchCandidate[], clauses: Clause[]): Promise<SearchHit[]> {
  const conversations = await conversationsFound(
    [...new Set(found.map(({ conversationId }) => conversationId))],
    userId,
  )
  const messages = await messagesOf(
    found,
    conversations.map(({ id }) => id),
  )
  const excerpts = await excerptsFor(
    userId,
    messages.map(({ text }) => text),
    clauses,
  )
  const pages = new Map<string, PageFound>()
  for (const [place, { id, documents }] of messages.entries()) {
    if (documents.length === 0 || excerpts[place]?.marks.length !== 0) continue
    const page = await findPage(userId, documents, clauses)
    if (page) pages.set(id, page)
  }
  return found.flatMap(({ conversationId, messageId }): SearchHit[] => {
    const conversation = conversations.find(({ id }) => id === conversationId)
    if (!conversation) return []
    const { title, updatedAt } = conversation
    if (messageId === null)
      return [{ conversationId, title: highlightAll(title, clauses), message: null, date: updatedAt.toISOString() }]
    const place = messages.findIndex(({ id }) => id === messageId)
    const [message, excerpt] = [messages[place], excerpts[place]]
    // It has just been deleted.
    if (!message || !excerpt) return []
    const { id, role, createdAt } = message
    const said = { id, role, excerpt, ...pages.get(id) }
    return [{ conversationId, title: unmarked(title), message: said, date: createdAt.toISOString() }]
  })
}
