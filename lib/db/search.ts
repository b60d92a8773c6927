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
const MAX_LOOKED_THROUGH = 2_000
/** Texts of a person that PostgreSQL reads before it asks its index. */
const MAX_NEWEST = 1_500
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

function sqliteCandidates({ userId, terms, beginnings, needles }: Wanted): Promise<unknown[]> {
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

async function postgresCandidates(wanted: Wanted): Promise<unknown[]> {
  const { userId, terms, beginnings, needles } = wanted
  const match = [...terms.map((term) => `'${term}'`), ...beginnings.map((term) => `'${term}':*`)].join(" & ")
  // The index can't give the newest first. What is frequent is found among the newest, what is rare by the index.
  const newest = await db().$queryRaw<unknown[]>`
    SELECT "conversationId", "messageId", substr("text", 1, ${MAX_RANKED_CHARS}) AS "text", "writtenAt"
    FROM (SELECT * FROM "SearchEntry" WHERE "userId" = ${userId} ORDER BY "id" DESC LIMIT ${MAX_NEWEST}) e
    WHERE "terms" @@ ${match}::tsquery AND ${notDeleted(userId)} ${holding(needles)}
    LIMIT ${MAX_CANDIDATES}`
  return newest.length === MAX_CANDIDATES ? newest : postgresIndexed(wanted, match)
}

async function postgresIndexed({ userId, needles }: Wanted, match: string): Promise<unknown[]> {
  const client = db()
  const [, rows] = await client.$transaction([
    // The planner takes a look at each vector for cheap: for a frequent word it would read all of them.
    client.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`,
    client.$queryRaw<unknown[]>`
      WITH found AS MATERIALIZED (
        SELECT "id" FROM "SearchEntry" e WHERE "terms" @@ ${match}::tsquery AND ${notDeleted(userId)}
      ), newest AS MATERIALIZED (
        SELECT "id" FROM found ORDER BY "id" DESC
        LIMIT ${needles.length > 0 ? MAX_LOOKED_THROUGH : MAX_CANDIDATES}
      )
      SELECT e.* FROM newest CROSS JOIN LATERAL (
        SELECT "conversationId", "messageId", "writtenAt", substr("text", 1, ${MAX_RANKED_CHARS}) AS "text"
        FROM "SearchEntry" e WHERE e."id" = newest."id" AND e."userId" = ${userId} ${holding(needles)} OFFSET 0
      ) e
      LIMIT ${MAX_CANDIDATES}`,
  ])
  return rows
}

const notDeleted = (userId: string) => Prisma.sql`"conversationId" NOT IN (
  SELECT "id" FROM "Conversation" WHERE "userId" = ${userId} AND "deletedAt" IS NOT NULL)`

const holding = (needles: string[]) =>
  joinSql(needles.map((needle) => Prisma.sql`AND position(${needle} in e."text") > 0`))

const joinSql = (conditions: Prisma.Sql[]) => (conditions.length > 0 ? Prisma.join(conditions, " ") : Prisma.empty)

/** The conversations of hits, as far as they are this user's. */
export function conversationsFound(ids: string[], userId: string) {
  return db().conversation.findMany({
    where: { id: { in: ids }, userId, deletedAt: null },
    select: { id: true, title: true, updatedAt: true },
  })
}

/** The messages of hits in these conversations, with what is shown of them. The caller has checked the owner. */
export function messagesFound(ids: string[], conversationIds: string[]) {
  return db().message.findMany({
    where: { id: { in: ids }, conversationId: { in: conversationIds } },
    select: { id: true, role: true, parts: true, createdAt: true },
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
