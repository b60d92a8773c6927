/**
 * Keeps the search index up to date, independently of the code that writes: the database records changes, and this
 * indexes them a moment later, and before every search.
 */
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises"
import { textsOfDocuments } from "@/lib/db/documents/documents"
import {
  type Queued,
  queuedTexts,
  queueIsEmpty,
  type SearchEntry,
  storeEntries,
  textsToIndex,
} from "@/lib/db/search-index"
import { logFault } from "@/lib/log"
import { parseParts } from "@/lib/messages/parts"
import { waitUntilCaughtUp } from "@/lib/observe/loop-delay"
import { indexed } from "@/lib/search/words"
import { singleton } from "@/lib/singleton"
import { work } from "@/lib/work/work"

/** Texts per transaction, which blocks other writers: about 10 ms, unless they are long. */
const BATCH = 16
/**
 * Maximum size in bytes of stored messages per transaction, and of an indexed message: anything larger isn't text to
 * read.
 */
const MAX_OF_STEP = 500_000
const MAX_OF_TEXT = 16_000_000
/** Characters from which a text is indexed in a worker thread, and its time limit in milliseconds. */
const LONG = 20_000
const INDEX_MS = 20_000
/** Texts that a search indexes before it runs. */
const BEFORE_SEARCH = 128
/** Milliseconds that a batch waits while the process is behind with its answers. */
const PATIENCE_MS = 5_000
/** Milliseconds between polls of the queue. */
const EVERY_MS = 2_000

/** The searchable text of a message: what the user and the model wrote, then the attached text files. */
export function searchableText(stored: unknown): string {
  const parts = parseParts(stored)
  const words = parts.flatMap((part) =>
    part.type === "text" && part.text.trim() ? [part.text] : part.type === "data-steer" ? [part.data.text] : [],
  )
  const files = parts.flatMap((part) => (part.type === "data-text-file" ? [part.data.name, part.data.text] : []))
  return [...words, ...files].join("\n\n")
}

/** Maximum number of characters of documents indexed with a message: with more, none of its text would be indexed. */
const MAX_OF_DOCUMENTS = 2_000_000

/** The same with the text of its documents, which belong to this user. */
async function allText(stored: unknown, userId: string): Promise<string> {
  const documents = parseParts(stored).flatMap((part) => (part.type === "data-document" ? [part.data] : []))
  const text = searchableText(stored)
  if (documents.length === 0) return text
  const ids = documents.flatMap(({ documentId }) => documentId ?? [])
  const names = documents.map(({ name }) => name)
  return [text, ...names, ...(await textsOfDocuments(ids, userId, MAX_OF_DOCUMENTS))].join("\n\n")
}

/** The index entry of a text. Long texts are processed in a worker thread. */
const indexedText = (text: string, userId: string) =>
  text.length <= LONG
    ? indexed(text, userId)
    : work("indexText", { person: "search index", ms: INDEX_MS }, text, userId)

async function readEntries(taken: Queued[]): Promise<SearchEntry[]> {
  const { messages, conversations } = await textsToIndex(taken)
  const entries: SearchEntry[] = []
  for (const { id, userId, title, updatedAt } of conversations)
    entries.push({
      userId,
      conversationId: id,
      messageId: null,
      writtenAt: updatedAt.getTime(),
      ...(await indexed(title, userId)),
    })
  for (const { id, conversationId, parts, createdAt, conversation } of messages) {
    const { userId } = conversation
    entries.push({
      ...{ userId, conversationId, messageId: id, writtenAt: createdAt.getTime() },
      ...(await indexedText(await allText(parts, userId), userId)),
    })
    await nextTurn()
  }
  return entries
}

const nameOf = ({ conversationId, messageId }: Queued) =>
  messageId ? `message ${messageId}` : `title of conversation ${conversationId}`

/**
 * Indexes these. If that fails, they are tried one by one; those that fail are skipped and logged, and the others
 * continue.
 */
async function indexThese(taken: Queued[]): Promise<void> {
  try {
    await storeEntries(taken, await readEntries(taken))
  } catch (error) {
    const [one, ...others] = taken
    if (!one) return
    if (others.length > 0) for (const queued of taken) await indexThese([queued])
    else await leaveOut(one, error)
  }
}

async function leaveOut(queued: Queued, reason: unknown): Promise<void> {
  logFault(`search index: ${nameOf(queued)} is skipped and can't be found by search`, reason)
  await storeEntries([queued], [])
}

/**
 * Indexes the next queued entries from this end, at most `limit`, and as many as one step may read. Returns how many.
 */
async function indexNext(limit: number, end: "oldest" | "newest"): Promise<number> {
  const taken: Queued[] = []
  let bytes = 0
  for (const queued of await queuedTexts(limit, end)) {
    bytes += queued.bytes
    if (taken.length > 0 && bytes > MAX_OF_STEP) break
    taken.push(queued)
  }
  const [first] = taken
  if (first && first.bytes > MAX_OF_TEXT) await leaveOut(first, `too large: ${first.bytes} bytes`)
  else if (first) await indexThese(taken)
  return taken.length
}

interface Indexer {
  /** One at a time per process; others wait for it. */
  working: Promise<unknown>
}
const indexer = () => singleton<Indexer>("search-indexer", () => ({ working: Promise.resolve() }))

/** Indexes up to `limit` queued entries. Returns how many. */
function indexSome(limit: number, end: "oldest" | "newest" = "oldest"): Promise<number> {
  const state = indexer()
  const step = state.working.then(() => indexNext(limit, end))
  state.working = step.catch(() => {})
  return step
}

/**
 * Indexes recent changes, half of them from the newest end: after an import of thousands, people search for what they
 * just wrote. True if the queue is empty; false also on failure: the search continues without.
 */
export async function catchUp(most = BEFORE_SEARCH): Promise<boolean> {
  try {
    for (let done = 0; done < most; ) {
      if (await queueIsEmpty()) return true
      done += await indexSome(BATCH, done < most / 2 ? "newest" : "oldest")
    }
    return await queueIsEmpty()
  } catch (error) {
    logFault("search index", error)
    return false
  }
}

/** Indexes the whole queue, pausing after each batch as long as it took. */
async function catchUpAtEase(): Promise<void> {
  while (!(await queueIsEmpty())) {
    await waitUntilCaughtUp(PATIENCE_MS)
    const startedAt = performance.now()
    await indexSome(BATCH)
    await wait(performance.now() - startedAt, undefined, { ref: false })
  }
}

/** Starts keeping the index up to date. */
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
