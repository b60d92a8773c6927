/**
 * Keeps the search index true to what is stored, behind the back of those who write: the database notes what
 * changed, this indexes it a moment later, and before every search.
 */
import { setTimeout as wait } from "node:timers/promises"
import { untilKeepingUp } from "@/lib/ai/loop-delay"
import { parseParts } from "@/lib/chat/parts"
import type { Transaction } from "@/lib/db/client"
import { indexNext, type Queued, queueIsEmpty, type SearchEntry, textsToIndex } from "@/lib/db/search-index"
import { logFault } from "@/lib/log"
import { indexed } from "@/lib/search/words"
import { singleton } from "@/lib/singleton"

/** Texts of one transaction, which holds up other writers: some 10 ms, unless they are long. */
const BATCH = 16
/** Texts that a search indexes before it looks. */
const BEFORE_SEARCH = 128
/** Milliseconds that a batch waits for a process that is behind with its answers. */
const PATIENCE_MS = 5_000
/** Milliseconds between two looks at the queue. */
const EVERY_MS = 2_000

/** The text of a message that can be found: what the person and the model wrote, then the files of text that came with it. */
export function searchableText(stored: unknown): string {
  const parts = parseParts(stored)
  const words = parts.flatMap((part) => (part.type === "text" && part.text.trim() ? [part.text] : []))
  const files = parts.flatMap((part) => (part.type === "data-text-file" ? [part.data.name, part.data.text] : []))
  return [...words, ...files].join("\n\n")
}

async function readEntries(client: Transaction, taken: Queued[]): Promise<SearchEntry[]> {
  const { messages, conversations } = await textsToIndex(client, taken)
  const entries: SearchEntry[] = []
  for (const { id, userId, title, updatedAt } of conversations)
    entries.push({
      userId,
      conversationId: id,
      messageId: null,
      writtenAt: updatedAt.getTime(),
      ...(await indexed(title, userId)),
    })
  for (const { id, conversationId, parts, createdAt, conversation } of messages)
    entries.push({
      userId: conversation.userId,
      conversationId,
      messageId: id,
      writtenAt: createdAt.getTime(),
      ...(await indexed(searchableText(parts), conversation.userId)),
    })
  return entries
}

interface Indexer {
  /** One at a time in a process; the others wait for it. */
  working: Promise<unknown>
}
const indexer = () => singleton<Indexer>("search-indexer", () => ({ working: Promise.resolve() }))

/** Indexes up to `limit` of what waits. Returns how many. */
function indexSome(limit: number): Promise<number> {
  const state = indexer()
  const work = state.working.then(() => indexNext(limit, readEntries))
  state.working = work.catch(() => {})
  return work
}

/** Indexes what changed lately. True when nothing waits any more. */
export async function catchUp(most = BEFORE_SEARCH): Promise<boolean> {
  for (let done = 0; done < most; done += BATCH) {
    if (await queueIsEmpty()) return true
    await indexSome(BATCH)
  }
  return queueIsEmpty()
}

/** Indexes everything that waits, with as long a rest after each batch as it took. */
async function catchUpAtEase(): Promise<void> {
  while (!(await queueIsEmpty())) {
    await untilKeepingUp(PATIENCE_MS)
    const startedAt = performance.now()
    await indexSome(BATCH)
    await wait(performance.now() - startedAt, undefined, { ref: false })
  }
}

/** Keeps the index up to date from now on. */
export function startIndexer(): void {
  const look = async () => {
    try {
      await catchUpAtEase()
    } catch (error) {
      logFault("search index", error)
    }
    setTimeout(look, EVERY_MS).unref()
  }
  void look()
}
