/**
 * The search index, the same in words on both databases and different in how it finds them: FTS5 on SQLite, a GIN
 * index of lexemes on PostgreSQL. Its tables are not Prisma's: no model can say them.
 */
import { z } from "zod"
import { config } from "@/lib/config"
import { db, isPostgres, type Transaction } from "@/lib/db/client"
import { Prisma } from "@/lib/db/generated/sqlite/client"

/** Hits that are ranked, the newest; and those looked through for a phrase. */
export const MAX_CANDIDATES = 300
const MAX_LOOKED_THROUGH = 4_000
/** Characters of a text that the ranking sees. */
const MAX_RANKED_CHARS = 8_000
/** Any number, the same for every process: the name of the advisory lock. */
const INDEX_LOCK = 7_272_552

const onPostgres = () => isPostgres(config().databaseUrl)

export interface Wanted {
  userId: string
  /** Terms that must be there: letters, digits and the signs of `lib/search/words.ts` only. */
  terms: string[]
  /** Terms of which the beginning is known. */
  beginnings: string[]
  /** What the text itself must hold. */
  needles: string[]
}

const candidate = z.object({
  conversationId: z.string(),
  messageId: z.string().nullable(),
  text: z.string(),
  writtenAt: z.coerce.number(),
})
export type SearchCandidate = z.infer<typeof candidate>

/** The newest texts of this user that hold all that is wanted, of conversations that are not deleted. */
export async function findCandidates(wanted: Wanted): Promise<SearchCandidate[]> {
  const rows = onPostgres() ? await postgresCandidates(wanted) : await sqliteCandidates(wanted)
  return z.array(candidate).parse(rows)
}

function sqliteCandidates({ userId, terms, beginnings, needles }: Wanted): Promise<unknown> {
  const match = [...terms.map((term) => `"${term}"`), ...beginnings.map((term) => `"${term}"*`)].join(" AND ")
  const look = needles.map((needle) => Prisma.sql`AND instr(e."text", ${needle}) > 0`)
  // CROSS JOIN keeps the order: newest first, until there are enough.
  return db().$queryRaw`
    SELECT e."conversationId", e."messageId", substr(e."text", 1, ${MAX_RANKED_CHARS}) AS "text", e."writtenAt"
    FROM (SELECT rowid AS "id" FROM "SearchTerms" WHERE "SearchTerms" MATCH ${match}
          ORDER BY rowid DESC LIMIT ${MAX_LOOKED_THROUGH}) found
    CROSS JOIN "SearchEntry" e ON e."id" = found."id"
    CROSS JOIN "Conversation" c ON c."id" = e."conversationId"
    WHERE e."userId" = ${userId} AND c."userId" = ${userId} AND c."deletedAt" IS NULL ${joinSql(look)}
    LIMIT ${MAX_CANDIDATES}`
}

async function postgresCandidates({ userId, terms, beginnings, needles }: Wanted): Promise<unknown> {
  const match = [...terms.map((term) => `'${term}'`), ...beginnings.map((term) => `'${term}':*`)].join(" & ")
  const look = needles.map((needle) => Prisma.sql`AND position(${needle} in e."text") > 0`)
  const client = db()
  const [, rows] = await client.$transaction([
    // The planner takes a look at each vector for cheap: for a frequent word it would read all of them.
    client.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`,
    client.$queryRaw`
      WITH found AS MATERIALIZED (
        SELECT "id", "conversationId", "messageId", "writtenAt" FROM "SearchEntry"
        WHERE "terms" @@ ${match}::tsquery AND "userId" = ${userId}
      ), newest AS MATERIALIZED (
        SELECT found.* FROM found JOIN "Conversation" c ON c."id" = found."conversationId"
        WHERE c."userId" = ${userId} AND c."deletedAt" IS NULL
        ORDER BY found."id" DESC LIMIT ${needles.length > 0 ? MAX_LOOKED_THROUGH : MAX_CANDIDATES}
      )
      SELECT newest."conversationId", newest."messageId", newest."writtenAt", e."text"
      FROM newest CROSS JOIN LATERAL (
        SELECT substr(e."text", 1, ${MAX_RANKED_CHARS}) AS "text" FROM "SearchEntry" e
        WHERE e."id" = newest."id" ${joinSql(look)} OFFSET 0
      ) e
      LIMIT ${MAX_CANDIDATES}`,
  ])
  return rows
}

const joinSql = (conditions: Prisma.Sql[]) => (conditions.length > 0 ? Prisma.join(conditions, " ") : Prisma.empty)

/** The messages of hits, with what is shown of them. */
export function messagesFound(ids: string[], userId: string) {
  return db().message.findMany({
    where: { id: { in: ids }, conversation: { userId, deletedAt: null } },
    select: { id: true, role: true, parts: true, createdAt: true },
  })
}

/** The conversations of hits. */
export function conversationsFound(ids: string[], userId: string) {
  return db().conversation.findMany({
    where: { id: { in: ids }, userId, deletedAt: null },
    select: { id: true, title: true, updatedAt: true },
  })
}

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

/** What is read for the index: texts, with their owners. */
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
      conversation: { select: { userId: true } },
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  })
  const conversations = await client.conversation.findMany({
    where: { id: { in: titleIds } },
    select: { id: true, userId: true, title: true, updatedAt: true },
  })
  return { messages, conversations }
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
