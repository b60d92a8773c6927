/** Queries on the search index (lib/db/search-index.ts): FTS5 on SQLite, a GIN index of lexemes on PostgreSQL. */
import { z } from "zod"
import { config } from "@/lib/config"
import { db, isPostgres } from "@/lib/db/client"
import { Prisma } from "@/lib/db/generated/sqlite/client"

/** Newest hits that are ranked; and those scanned for a phrase. */
const MAX_CANDIDATES = 300
const MAX_LOOKED_THROUGH = 2_000
/**
 * Up to this many conversations of a place are scanned one by one; with more, the newest hits are found quickly anyway.
 */
const FEW_CONVERSATIONS = 500
/** Newest texts of a user that PostgreSQL scans before it uses the index. */
const MAX_NEWEST = 1_500
/** SQLite's value for no limit. */
const UNLIMITED = -1
/** Characters of a text that are considered for ranking. */
export const MAX_RANKED_CHARS = 8_000

const onPostgres = () => isPostgres(config().databaseUrl)

interface Wanted {
  userId: string
  /** Required terms: only letters, digits, and the characters of `lib/search/words.ts`. */
  terms: string[]
  /** Required prefixes of terms. */
  beginnings: string[]
  /** Strings that the text itself must contain. */
  needles: string[]
  /** Which conversations to search. */
  place: Place
}

/** A part of a user's conversations; all of them if nothing is set. */
export interface Place {
  /** In one of these folders. */
  folderIds?: string[]
  /** With at least one tag of each of these groups. */
  tags: string[][]
}

const isEverywhere = ({ folderIds, tags }: Place) => !folderIds && tags.length === 0

const candidate = z.object({
  conversationId: z.string(),
  messageId: z.string().nullable(),
  text: z.string(),
  writtenAt: z.coerce.number(),
})
export type SearchCandidate = z.infer<typeof candidate>

/** The user's newest texts that match everything wanted, in conversations that are not deleted. */
export async function findCandidates(wanted: Wanted): Promise<SearchCandidate[]> {
  const few = isEverywhere(wanted.place) ? null : await fewConversations(wanted)
  if (few?.length === 0) return []
  const rows = onPostgres()
    ? await (few ? postgresWithin(wanted, few) : postgresCandidates(wanted))
    : await (few ? sqliteWithin(wanted, few) : sqliteCandidates(wanted))
  return z.array(candidate).parse(rows)
}

/** The conversations of the wanted place if they are few; otherwise null. */
async function fewConversations({ userId, place }: Wanted): Promise<string[] | null> {
  const found = await conversationsIn(userId, place, { limit: FEW_CONVERSATIONS + 1, offset: 0 })
  return found.length > FEW_CONVERSATIONS ? null : found.map(({ id }) => id)
}

const sqliteMatch = ({ terms, beginnings }: Wanted) =>
  [...terms.map((term) => `"${term}"`), ...beginnings.map((term) => `"${term}"*`)].join(" AND ")

const sqliteHolding = (needles: string[]) =>
  joinSql(needles.map((needle) => Prisma.sql`AND instr(e."text", ${needle}) > 0`))

function sqliteWithin(wanted: Wanted, conversationIds: string[]): Promise<unknown[]> {
  // The plus prevents one index lookup per entry: the hits in this range are scanned once.
  return db().$queryRaw`
    WITH mine AS MATERIALIZED (
      SELECT "id" FROM "SearchEntry"
      WHERE "conversationId" IN (${Prisma.join(conversationIds)}) AND "userId" = ${wanted.userId})
    SELECT e."conversationId", e."messageId", substr(e."text", 1, ${MAX_RANKED_CHARS}) AS "text", e."writtenAt"
    FROM (SELECT rowid AS "id" FROM "SearchTerms" WHERE "SearchTerms" MATCH ${sqliteMatch(wanted)}
          AND rowid >= (SELECT min("id") FROM mine) AND rowid <= (SELECT max("id") FROM mine)
          AND +rowid IN (SELECT "id" FROM mine)
          ORDER BY rowid DESC) found
    CROSS JOIN "SearchEntry" e ON e."id" = found."id"
    WHERE TRUE ${sqliteHolding(wanted.needles)}
    LIMIT ${MAX_CANDIDATES}`
}

function sqliteCandidates(wanted: Wanted): Promise<unknown[]> {
  const { userId, needles, place } = wanted
  // Most of the hits may be in other places.
  const most = isEverywhere(place) ? MAX_LOOKED_THROUGH : UNLIMITED
  // CROSS JOIN preserves the order: newest first, until there are enough.
  return db().$queryRaw`
    SELECT e."conversationId", e."messageId", substr(e."text", 1, ${MAX_RANKED_CHARS}) AS "text", e."writtenAt"
    FROM (SELECT rowid AS "id" FROM "SearchTerms" WHERE "SearchTerms" MATCH ${sqliteMatch(wanted)}
          ORDER BY rowid DESC LIMIT ${most}) found
    CROSS JOIN "SearchEntry" e ON e."id" = found."id"
    CROSS JOIN "Conversation" c ON c."id" = e."conversationId"
    WHERE e."userId" = ${userId} AND c."userId" = ${userId} AND c."deletedAt" IS NULL ${within(place)} ${sqliteHolding(needles)}
    LIMIT ${MAX_CANDIDATES}`
}

const postgresMatch = ({ terms, beginnings }: Wanted) =>
  [...terms.map((term) => `'${term}'`), ...beginnings.map((term) => `'${term}':*`)].join(" & ")

function postgresWithin(wanted: Wanted, conversationIds: string[]): Promise<unknown[]> {
  return db().$queryRaw`
    WITH mine AS MATERIALIZED (
      SELECT * FROM "SearchEntry"
      WHERE "conversationId" IN (${Prisma.join(conversationIds)}) AND "userId" = ${wanted.userId})
    SELECT "conversationId", "messageId", substr("text", 1, ${MAX_RANKED_CHARS}) AS "text", "writtenAt"
    FROM mine e WHERE "terms" @@ ${postgresMatch(wanted)}::tsquery ${holding(wanted.needles)}
    ORDER BY "id" DESC LIMIT ${MAX_CANDIDATES}`
}

async function postgresCandidates(wanted: Wanted): Promise<unknown[]> {
  const { userId, needles, place } = wanted
  const match = postgresMatch(wanted)
  // The index can't return the newest first. Frequent words are found among the newest texts, rare ones through the
  // index.
  const newest = await db().$queryRaw<unknown[]>`
    SELECT "conversationId", "messageId", substr("text", 1, ${MAX_RANKED_CHARS}) AS "text", "writtenAt"
    FROM (SELECT * FROM "SearchEntry" WHERE "userId" = ${userId} ORDER BY "id" DESC LIMIT ${MAX_NEWEST}) e
    WHERE "terms" @@ ${match}::tsquery AND ${findable(userId, place)} ${holding(needles)}
    LIMIT ${MAX_CANDIDATES}`
  return newest.length === MAX_CANDIDATES ? newest : postgresIndexed(wanted, match)
}

async function postgresIndexed({ userId, needles, place }: Wanted, match: string): Promise<unknown[]> {
  const client = db()
  const [, rows] = await client.$transaction([
    // The planner underestimates the cost of reading each vector: for a frequent word it would read all of them.
    client.$queryRaw`SELECT set_config('enable_seqscan', 'off', true)`,
    client.$queryRaw<unknown[]>`
      WITH found AS MATERIALIZED (
        SELECT "id" FROM "SearchEntry" e WHERE "terms" @@ ${match}::tsquery AND ${findable(userId, place)}
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

/** Not deleted, and in the wanted place. Few are deleted, and few are in a place, so both are short lists. */
const findable = (userId: string, place: Place) =>
  isEverywhere(place)
    ? Prisma.sql`"conversationId" NOT IN (
        SELECT "id" FROM "Conversation" WHERE "userId" = ${userId} AND "deletedAt" IS NOT NULL)`
    : Prisma.sql`"conversationId" IN (
        SELECT c."id" FROM "Conversation" c
        WHERE c."userId" = ${userId} AND c."deletedAt" IS NULL ${within(place)})`

/** Conditions on a conversation `c`. */
const within = ({ folderIds, tags }: Place) =>
  joinSql([
    ...(folderIds ? [Prisma.sql`AND c."folderId" IN (${Prisma.join(folderIds)})`] : []),
    ...tags.map(
      (names) => Prisma.sql`AND EXISTS (SELECT 1 FROM "ConversationTag" t
        WHERE t."conversationId" = c."id" AND t."name" IN (${Prisma.join(names)}))`,
    ),
  ])

const holding = (needles: string[]) =>
  joinSql(needles.map((needle) => Prisma.sql`AND position(${needle} in e."text") > 0`))

const joinSql = (conditions: Prisma.Sql[]) => (conditions.length > 0 ? Prisma.join(conditions, " ") : Prisma.empty)

/** The newest conversations of a place, for this user. */
export function conversationsIn(userId: string, { folderIds, tags }: Place, page: { limit: number; offset: number }) {
  return db().conversation.findMany({
    where: {
      ...{ userId, deletedAt: null, temporary: false },
      ...(folderIds && { folderId: { in: folderIds } }),
      AND: tags.map((names) => ({ tags: { some: { name: { in: names } } } })),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: page.limit,
    skip: page.offset,
    select: { id: true, title: true, updatedAt: true },
  })
}

/** The conversations of hits that belong to this user. */
export function conversationsFound(ids: string[], userId: string) {
  return db().conversation.findMany({
    where: { id: { in: ids }, userId, deletedAt: null },
    select: { id: true, title: true, updatedAt: true },
  })
}

/** The messages of hits in these conversations, with what is shown of them. The caller has checked the owner. */
export function messagesFound(ids: string[], conversationIds: string[]) {
  return db().message.findMany({
    where: { id: { in: ids }, conversationId: { in: conversationIds }, deletedAt: null },
    select: { id: true, role: true, parts: true, createdAt: true },
  })
}
