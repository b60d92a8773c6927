/**
 * Writes the search index, which has the same terms on both databases but different storage: FTS5 on SQLite, a GIN
 * index of lexemes on PostgreSQL. Its tables are not part of the Prisma schema, which can't express them.
 */
import { setImmediate as nextTurn } from "node:timers/promises"
import { z } from "zod"
import { config } from "@/lib/config"
import { db, isPostgres, type Transaction } from "@/lib/db/client"
import { Prisma } from "@/lib/db/generated/sqlite/client"

/** An arbitrary number, the same for every process: the ID of the advisory lock. */
const INDEX_LOCK = 7_272_552

const onPostgres = () => isPostgres(config().databaseUrl)

const queued = z.object({
  seq: z.coerce.number(),
  conversationId: z.string(),
  messageId: z.string().nullable(),
  /** Size of the stored message; 0 for a title. */
  bytes: z.coerce.number(),
})
/** An item to index: a message, or the title of a conversation. */
export type Queued = z.infer<typeof queued>

export interface SearchEntry {
  userId: string
  conversationId: string
  /** Null: the title of the conversation. */
  messageId: string | null
  text: string
  terms: string[]
  writtenAt: number
}

/** At most `limit` queued items: from its start or, newest first, from its end. */
export async function queuedTexts(limit: number, end: "oldest" | "newest" = "oldest"): Promise<Queued[]> {
  const order = Prisma.raw(end === "oldest" ? "ASC" : "DESC")
  const size = onPostgres() ? Prisma.sql`octet_length(m."parts"::text)` : Prisma.sql`octet_length(m."parts")`
  return z.array(queued).parse(
    await db().$queryRaw`
      SELECT q."seq", q."conversationId", q."messageId", coalesce(${size}, 0) AS "bytes"
      FROM (SELECT * FROM "SearchQueue" ORDER BY "seq" ${order} LIMIT ${limit}) q
      LEFT JOIN "Message" m ON m."id" = q."messageId"
      ORDER BY q."seq" ${order}`,
  )
}

/**
 * Stores the entries and removes the items from the queue, all or nothing. Only one process does this at a time; items
 * that another has stored in the meantime are skipped, since its entries may be newer.
 */
export async function storeEntries(taken: Queued[], entries: SearchEntry[]): Promise<void> {
  await db().$transaction(
    async (client) => {
      if (onPostgres()) await client.$executeRaw`SELECT pg_advisory_xact_lock(${INDEX_LOCK})`
      const removed = z.array(z.object({ seq: z.coerce.number() })).parse(
        await client.$queryRaw`
          DELETE FROM "SearchQueue" WHERE "seq" IN (${Prisma.join(taken.map(({ seq }) => seq))}) RETURNING "seq"`,
      )
      const ours = new Set(removed.map(({ seq }) => seq))
      const left = taken.filter(({ seq }) => ours.has(seq))
      if (left.length > 0) await writeEntries(client, left, entries)
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
}

/** Whether nothing is waiting to be indexed. */
export async function queueIsEmpty(): Promise<boolean> {
  return z.array(z.unknown()).parse(await db().$queryRaw`SELECT 1 FROM "SearchQueue" LIMIT 1`).length === 0
}

/** The texts to index, with their owners. Temporary conversations are not indexed. */
export async function textsToIndex(taken: Queued[]) {
  const client = db()
  const messageIds = [...new Set(taken.flatMap(({ messageId }) => messageId ?? []))]
  const titleIds = [...new Set(taken.flatMap(({ conversationId, messageId }) => (messageId ? [] : conversationId)))]
  const messages = await client.message.findMany({
    where: { id: { in: messageIds }, status: { not: "streaming" }, deletedAt: null },
    select: {
      id: true,
      conversationId: true,
      parts: true,
      createdAt: true,
      conversation: { select: { userId: true, temporary: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  })
  const conversations = await client.conversation.findMany({
    where: { id: { in: titleIds }, temporary: false },
    select: { id: true, userId: true, title: true, updatedAt: true },
  })
  // Filtered here: with a condition on the conversation in the query, SQLite would start from all conversations.
  return { messages: messages.filter(({ conversation }) => !conversation.temporary), conversations }
}

async function writeEntries(client: Transaction, taken: Queued[], entries: SearchEntry[]): Promise<void> {
  const messageIds = taken.flatMap(({ messageId }) => messageId ?? [])
  const titleIds = taken.flatMap(({ conversationId, messageId }) => (messageId ? [] : conversationId))
  if (messageIds.length > 0)
    await client.$executeRaw`DELETE FROM "SearchEntry" WHERE "messageId" IN (${Prisma.join(messageIds)})`
  if (titleIds.length > 0)
    await client.$executeRaw`
      DELETE FROM "SearchEntry" WHERE "conversationId" IN (${Prisma.join(titleIds)}) AND "messageId" IS NULL`
  const [messages, titles] = [new Set(messageIds), new Set(titleIds)]
  const insert = onPostgres() ? insertPostgres : insertSqlite
  for (const part of inParts(
    entries.filter(({ messageId, conversationId }) =>
      messageId ? messages.has(messageId) : titles.has(conversationId),
    ),
  )) {
    await insert(client, part)
    // On SQLite, statements run on this thread, so this yields between two.
    await nextTurn()
  }
}

/** Characters of text per statement, unless a single text is longer. */
const MAX_OF_STATEMENT = 100_000
const LONG = 20_000

function inParts(entries: SearchEntry[]): SearchEntry[][] {
  const parts: SearchEntry[][] = []
  let length = Number.POSITIVE_INFINITY
  for (const entry of entries) {
    length += entry.text.length
    if (length > MAX_OF_STATEMENT) {
      parts.push([])
      length = entry.text.length
    }
    parts.at(-1)?.push(entry)
  }
  return parts
}

/** A long text gets its own statement: as JSON it would be read five times. */
async function insertLongSqlite(client: Transaction, entry: SearchEntry): Promise<void> {
  const { userId, conversationId, messageId, text, terms, writtenAt } = entry
  await client.$executeRaw`
    INSERT INTO "SearchEntry" ("userId", "conversationId", "messageId", "text", "writtenAt")
    VALUES (${userId}, ${conversationId}, ${messageId}, ${text}, ${writtenAt})`
  await nextTurn()
  await client.$executeRaw`
    INSERT INTO "SearchTerms" (rowid, "terms")
    SELECT "id", ${terms.join(" ")} FROM "SearchEntry"
    WHERE "conversationId" = ${conversationId} AND "messageId" IS ${messageId}`
}

async function insertSqlite(client: Transaction, entries: SearchEntry[]): Promise<void> {
  const [first, ...others] = entries
  if (first && others.length === 0 && first.text.length > LONG) return insertLongSqlite(client, first)
  const rows = JSON.stringify(entries.map((entry) => ({ ...entry, terms: entry.terms.join(" ") })))
  await client.$executeRaw`
    INSERT INTO "SearchEntry" ("userId", "conversationId", "messageId", "text", "writtenAt")
    SELECT value ->> 'userId', value ->> 'conversationId', value ->> 'messageId', value ->> 'text', value ->> 'writtenAt'
    FROM json_each(${rows})`
  await client.$executeRaw`
    INSERT INTO "SearchTerms" (rowid, "terms")
    SELECT e."id", value ->> 'terms' FROM json_each(${rows}) CROSS JOIN "SearchEntry" e
    ON e."conversationId" = value ->> 'conversationId' AND e."messageId" IS value ->> 'messageId'`
}

async function insertPostgres(client: Transaction, entries: SearchEntry[]): Promise<void> {
  await client.$executeRaw`
    INSERT INTO "SearchEntry" ("userId", "conversationId", "messageId", "text", "writtenAt", "terms")
    SELECT "userId", "conversationId", "messageId", "text", "writtenAt", array_to_tsvector("terms")
    FROM json_to_recordset(${JSON.stringify(entries)}::json)
      AS entry("userId" text, "conversationId" text, "messageId" text, "text" text, "writtenAt" bigint, "terms" text[])`
}
