/** Locates the matching page in the documents of a message. */
import { setImmediate as nextTurn } from "node:timers/promises"
import { findPages } from "@/lib/db/documents/documents"
import { bestOf } from "@/lib/search/excerpt"
import type { Clause } from "@/lib/search/query"
import type { DocumentHit, MarkedText } from "@/lib/search/types"
import { work } from "@/lib/work/work"

/** Maximum number of characters of a message's documents to scan, the same as are indexed. */
const MAX_CHARACTERS = 2_000_000
/** Pages read per turn of the event loop. */
const AT_ONCE = 10
const FIND_MS = 3_000
/** Maximum number of characters scanned in this thread: a few milliseconds. More are left to a worker thread. */
const MAX_HERE = 20_000

export type SearchedDocument = Pick<DocumentHit, "id" | "name" | "kind">

export interface PageFound {
  document: DocumentHit
  excerpt: MarkedText
}

/** The best-matching page of these documents, which belong to this user; null if none matches. */
export async function findPage(
  userId: string,
  documents: SearchedDocument[],
  clauses: Clause[],
): Promise<PageFound | null> {
  const texts: string[] = []
  const places: { document: SearchedDocument; page: number }[] = []
  let left = MAX_CHARACTERS
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
  if (length <= MAX_HERE) return bestOf(texts, clauses)
  // If it is too much for a worker thread, the message still counts as found.
  return work("bestText", { person: userId, ms: FIND_MS }, texts, clauses).catch(() => null)
}
