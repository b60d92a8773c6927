/**
 * Writing the search index, the same in words on both databases and different in how it keeps them: FTS5 on SQLite, a
 * GIN index of lexemes on PostgreSQL. Its tables are not Prisma's: no model can say them.
 */
import { z } from "zod"
import { config } from "@/lib/config"
import { db, isPostgres, type Transaction } from "@/lib/db/client"
import { Prisma } from "@/lib/db/generated/sqlite/client"

/** Any number, the same for every process: the name of the advisory lock. */
const INDEX_LOCK = 7_272_552

const onPostgres = () => isPostgres(config().databaseUrl)

const queued = z.object({ conversationId: z.string(), messageId: z.string().nullable() })
/** What is to be indexed: a message, or the title of a conversation. */
export type Queued = z.infer<typeof queued>

export interface SearchEntry extends Queued {
  userId: string
  text: string
  terms: string[]
  writtenAt: number
}

/**
 * Takes the oldest of the queue, indexes what `read` makes of them, and leaves the queue without them; all or
 * nothing. Returns how many were taken. Of several processes one does this at a time.
 */
export function indexNext(
  limit: number,
  read: (client: Transaction, taken: Queued[]) => Promise<SearchEntry[]>,
): Promise<number> {
  return db().$transaction(
    async (client) => {
      if (onPostgres()) await client.$executeRaw`SELECT pg_advisory_xact_lock(${INDEX_LOCK})`
      const taken = z.array(queued).parse(
        await client.$queryRaw`
          DELETE FROM "SearchQueue" WHERE "seq" IN (SELECT "seq" FROM "SearchQueue" ORDER BY "seq" LIMIT ${limit})
          RETURNING "conversationId", "messageId"`,
      )
      if (taken.length > 0) await writeEntries(client, taken, await read(client, taken))
      return taken.length
    },
    { timeout: 60_000, maxWait: 60_000 },
  )
}

/** Is anything waiting to be indexed? */
export async function queueIsEmpty(): Promise<boolean> {
  return z.array(z.unknown()).parse(await db().$queryRaw`SELECT 1 FROM "SearchQueue" LIMIT 1`).length === 0
}

/** What is read for the index: texts, with their owners. Temporary conversations leave no trace in it. */
export async function textsToIndex(client: Transaction, taken: Queued[]) {
  const messageIds = [...new Set(taken.flatMap(({ messageId }) => messageId ?? []))]
  const titleIds = [...new Set(taken.flatMap(({ conversationId, messageId }) => (messageId ? [] : conversationId)))]
  const messages = await client.message.findMany({
    where: { id: { in: messageIds }, status: { not: "streaming" } },
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
  // A condition on the conversation in the question itself makes SQLite begin with all conversations.
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
  if (entries.length === 0) return
  if (onPostgres()) await insertPostgres(client, entries)
  else await insertSqlite(client, entries)
}

async function insertSqlite(client: Transaction, entries: SearchEntry[]): Promise<void> {
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
