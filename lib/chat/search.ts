/** Search over a person's conversations: titles, and all messages of all branches. The owner is part of every question. */
import { foldersOf } from "@/lib/db/folders"
import { tagCounts } from "@/lib/db/listing"
import {
  conversationsFound,
  conversationsIn,
  findCandidates,
  messagesFound,
  type Place,
  type SearchCandidate,
} from "@/lib/db/search"
import { excerptOf, markAll } from "@/lib/search/excerpt"
import { type Filter, passes, readFilters } from "@/lib/search/filters"
import { catchUp, searchableText } from "@/lib/search/indexer"
import { type Clause, parseQuery } from "@/lib/search/query"
import { rank } from "@/lib/search/rank"
import type { MarkedText, SearchAnswer, SearchHit } from "@/lib/search/types"
import { ownerTerm } from "@/lib/search/words"

interface SearchPage {
  limit: number
  /** Hits to leave out from the beginning. */
  offset?: number
}

const NOTHING: SearchAnswer = { hits: [], cursor: null, indexing: false }

/**
 * The hits for what a person typed, best first; without words the newest conversations of the tags and folders that it
 * names. Any text is allowed; one with neither finds nothing.
 */
export async function searchConversations(
  userId: string,
  text: string,
  { limit, offset = 0 }: SearchPage,
): Promise<SearchAnswer> {
  const { text: words, filters } = readFilters(text)
  const query = parseQuery(words)
  if (!query && filters.length === 0) return NOTHING
  const place = await placeOf(userId, filters)
  if (!place) return NOTHING
  if (!query) return listPlace(userId, place, { limit, offset })
  const { clauses, terms, beginnings, needles } = query
  const upToDate = await catchUp()
  const found = await findCandidates({ userId, terms: [ownerTerm(userId), ...terms], beginnings, needles, place })
  const ranked = rank(found, clauses)
  return {
    hits: await toHits(userId, ranked.slice(offset, offset + limit), clauses),
    cursor: ranked.length > offset + limit ? String(offset + limit) : null,
    indexing: !upToDate,
  }
}

/** Where the filters lead; null: one names nothing that this user has. */
async function placeOf(userId: string, filters: Filter[]): Promise<Place | null> {
  const wanted = filters.filter(({ kind }) => kind === "folder")
  const tags = filters.filter(({ kind }) => kind === "tag")
  const known = tags.length > 0 ? (await tagCounts(userId)).map(({ name }) => name) : []
  const named = tags.map((filter) => known.filter((name) => passes(filter, name)))
  const folders = wanted.length > 0 ? await foldersOf(userId) : []
  // A conversation is in one folder: two that are named are both looked into.
  const folderIds = folders.filter(({ name }) => wanted.some((filter) => passes(filter, name))).map(({ id }) => id)
  if (named.some((names) => names.length === 0) || (wanted.length > 0 && folderIds.length === 0)) return null
  return { tags: named, ...(wanted.length > 0 && { folderIds }) }
}

async function listPlace(userId: string, place: Place, { limit, offset }: Required<SearchPage>): Promise<SearchAnswer> {
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

async function toHits(userId: string, found: SearchCandidate[], clauses: Clause[]): Promise<SearchHit[]> {
  const conversations = await conversationsFound(
    [...new Set(found.map(({ conversationId }) => conversationId))],
    userId,
  )
  const messages = await messagesFound(
    found.flatMap(({ messageId }) => messageId ?? []),
    conversations.map(({ id }) => id),
  )
  return found.flatMap(({ conversationId, messageId }): SearchHit[] => {
    const conversation = conversations.find(({ id }) => id === conversationId)
    if (!conversation) return []
    const { title, updatedAt } = conversation
    if (messageId === null)
      return [{ conversationId, title: markAll(title, clauses), message: null, date: updatedAt.toISOString() }]
    const message = messages.find(({ id }) => id === messageId)
    // It was deleted a moment ago.
    if (!message) return []
    const { id, role, parts, createdAt } = message
    const excerpt = excerptOf(searchableText(parts), clauses)
    return [{ conversationId, title: unmarked(title), message: { id, role, excerpt }, date: createdAt.toISOString() }]
  })
}
