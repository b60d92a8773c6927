/** Search over a person's conversations: titles, and all messages of all branches. The owner is part of every question. */

import { conversationsFound, findCandidates, messagesFound, type SearchCandidate } from "@/lib/db/search"
import { excerptOf, markAll } from "@/lib/search/excerpt"
import { catchUp, searchableText } from "@/lib/search/indexer"
import { type Clause, parseQuery } from "@/lib/search/query"
import { rank } from "@/lib/search/rank"
import type { MarkedText, SearchAnswer, SearchHit } from "@/lib/search/types"
import { ownerTerm } from "@/lib/search/words"

export interface SearchPage {
  limit: number
  /** Hits to leave out from the beginning. */
  offset?: number
}

/** The hits for what a person typed, best first. Any text is allowed; one without a word finds nothing. */
export async function searchConversations(
  userId: string,
  text: string,
  { limit, offset = 0 }: SearchPage,
): Promise<SearchAnswer> {
  const query = parseQuery(text)
  if (!query) return { hits: [], cursor: null, indexing: false }
  const { clauses, terms, beginnings, needles } = query
  const upToDate = await catchUp()
  const found = await findCandidates({ userId, terms: [ownerTerm(userId), ...terms], beginnings, needles })
  const ranked = rank(found, clauses)
  return {
    hits: await toHits(userId, ranked.slice(offset, offset + limit), clauses),
    cursor: ranked.length > offset + limit ? String(offset + limit) : null,
    indexing: !upToDate,
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
