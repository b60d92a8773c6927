/** Where in the documents of a message it stands what was looked for. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { findPages } from "@/lib/db/documents/documents"
import { bestOf } from "@/lib/search/excerpt"
import type { Clause } from "@/lib/search/query"
import type { DocumentHit, MarkedText } from "@/lib/search/types"
import { work } from "@/lib/work/work"

/** Characters of one message's documents that are looked through, as many as are indexed. */
const MOST_CHARACTERS = 2_000_000
/** Pages that are read in one turn. */
const AT_ONCE = 10
const FIND_MS = 3_000
/** Characters that are looked through here: some milliseconds. More is done by a worker thread. */
const MOST_HERE = 20_000

export type SearchedDocument = Pick<DocumentHit, "id" | "name" | "kind">

export interface PageFound {
  document: DocumentHit
  excerpt: MarkedText
}

/** The page of these documents, which are this user's, that says most of what was looked for; null when none says any. */
export async function findPage(
  userId: string,
  documents: SearchedDocument[],
  clauses: Clause[],
): Promise<PageFound | null> {
  const texts: string[] = []
  const places: { document: SearchedDocument; page: number }[] = []
  let left = MOST_CHARACTERS
  for (const document of documents)
    for (let from = 1; left > 0; from += AT_ONCE) {
      const pages = await findPages(document.id, userId, { from, to: from + AT_ONCE - 1 })
      for (const { number, name, text } of pages) {
        texts.push([name, text].filter(Boolean).join("\n").slice(0, left))
        places.push({ document, page: number })
        left -= text.length
      }
      if (pages.length < AT_ONCE) break
      await nextTurn()
    }
  const best = await bestText(userId, texts, clauses)
  const place = best && places[best.index]
  return place ? { document: { ...place.document, page: place.page }, excerpt: best.excerpt } : null
}

async function bestText(userId: string, texts: string[], clauses: Clause[]) {
  const length = texts.reduce((sum, text) => sum + text.length, 0)
  if (length <= MOST_HERE) return bestOf(texts, clauses)
  // What is too much for a thread has been found all the same, by its message.
  return work("bestText", { person: userId, ms: FIND_MS }, texts, clauses).catch(() => null)
}
