import { config } from "@/lib/config"
import { toJsonText } from "@/lib/db/clean"
import { db, isPostgres, raw, type Transaction } from "@/lib/db/client"
import { requireLiveUser } from "@/lib/db/quota"

/**
 * Milliseconds that a lease lasts, and after which it is renewed and others are looked at: together less than the 15 s in
 * which an answer of a dead process is closed.
 */
export const LEASE_MS = 10_000
export const RENEW_MS = 4_000

export interface NewGeneration {
  id: string
  messageId: string
  conversationId: string
  userId: string
  nodeId: string
}

export async function createGenerations(client: Transaction, generations: NewGeneration[]): Promise<void> {
  for (const userId of new Set(generations.map((generation) => generation.userId)))
    await requireLiveUser(client, userId)
  await client.generation.createMany({
    data: generations.map((generation) => ({
      ...generation,
      runningIn: generation.messageId,
      leaseUntil: new Date(Date.now() + LEASE_MS),
    })),
  })
}

/** Generations of guests that began since then. */
export const generationsOfGuests = (since: Date) =>
  db().generation.count({
    where: { startedAt: { gte: since }, message: { conversation: { user: { guest: true } } } },
  })

export const generationById = (id: string) => db().generation.findUnique({ where: { id } })

/** The run of a message that began last. */
export const newestGeneration = (messageId: string) =>
  db().generation.findFirst({ where: { messageId }, orderBy: [{ startedAt: "desc" }, { id: "desc" }] })

/** How many answers are being written for a user, by whichever process. */
export const runningOfUser = (userId: string) => db().generation.count({ where: { userId, endedAt: null } })

/** Renews the leases of a process. Returns how many it still holds. */
export async function renewLeases(ids: string[], nodeId: string): Promise<number> {
  const { count } = await db().generation.updateMany({
    where: { id: { in: ids }, nodeId, endedAt: null },
    data: { leaseUntil: new Date(Date.now() + LEASE_MS) },
  })
  return count
}

/** Which of these generations another process has taken. */
export async function takenFrom(ids: string[], nodeId: string): Promise<string[]> {
  const rows = await db().generation.findMany({
    where: { id: { in: ids }, nodeId: { not: nodeId } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/**
 * Generations that nobody runs any more: their lease has been over for `overForMs`, or (`allButNode`) they belong to an earlier
 * process.
 */
export function abandonedGenerations(options: { allButNode?: string; overForMs?: number } = {}) {
  const { allButNode, overForMs = 0 } = options
  return db().generation.findMany({
    where: allButNode
      ? { endedAt: null, nodeId: { not: allButNode } }
      : { endedAt: null, leaseUntil: { lt: new Date(Date.now() - overForMs) } },
    take: 200,
  })
}

/** Milliseconds by which this process's clock is ahead of PostgreSQL's; 0 on SQLite, which has none of its own. */
export async function aheadOfDatabase(): Promise<number> {
  if (!isPostgres(config().databaseUrl)) return 0
  const asked = Date.now()
  const sql = `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "ms"`
  const [row] = await raw().read({ sql, values: [] })
  // It was looked at in between.
  return (asked + Date.now()) / 2 - Number(row?.ms)
}

/** Takes over an abandoned generation, so that of two processes one recovers it. */
export async function claimGeneration(id: string, leaseUntil: Date, nodeId: string): Promise<boolean> {
  const { count } = await db().generation.updateMany({
    where: { id, endedAt: null, leaseUntil },
    data: { nodeId, leaseUntil: new Date(Date.now() + LEASE_MS) },
  })
  return count === 1
}

/**
 * The generations that write a conversation just now: one, or those of answers that are compared. The owner is part of
 * the question.
 */
export function runningGenerations(conversationId: string, userId: string) {
  return db().generation.findMany({
    where: { conversationId, userId, endedAt: null },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  })
}

/** The comparisons to which the answers belong that a conversation is written in; null for one that belongs to none. */
export async function runningComparisons(client: Transaction, conversationId: string): Promise<(string | null)[]> {
  const rows = await client.generation.findMany({
    where: { conversationId, endedAt: null },
    select: { message: { select: { comparisonId: true, decidedAt: true } } },
  })
  return rows.map(({ message }) => (message.decidedAt ? null : message.comparisonId))
}

/** The generations that are running for this user. */
export const generationsOfUser = (userId: string) => db().generation.findMany({ where: { userId, endedAt: null } })

/** The generations that are running for people without an account. */
export const runningOfGuests = () =>
  db().generation.findMany({
    where: { endedAt: null, message: { conversation: { user: { guest: true } } } },
    select: { id: true, nodeId: true },
  })

/** Ids of the user's conversations that are being answered. */
export async function runningConversations(userId: string): Promise<Set<string>> {
  const rows = await raw().read({
    sql: `SELECT "conversationId" FROM "Generation" WHERE "userId" = ? AND "endedAt" IS NULL`,
    values: [userId],
  })
  return new Set(rows.map((row) => String(row.conversationId)))
}

export interface ChunkRow {
  generationId: string
  seq: number
  lastSeq: number
  events: unknown[]
}

/** Appends rows of several generations in one statement; one that is gone or has ended is left out. */
export const appendChunks = (rows: ChunkRow[]): Promise<void> =>
  raw().transact([
    { sql: isPostgres(config().databaseUrl) ? APPEND_POSTGRES : APPEND_SQLITE, values: [toJsonText(rows)] },
  ])

const APPEND_POSTGRES = `
  INSERT INTO "GenerationChunk" ("generationId", "seq", "lastSeq", "events")
  SELECT "generationId", "seq", "lastSeq", "events" FROM json_to_recordset(?::json)
    AS chunk("generationId" text, "seq" int, "lastSeq" int, "events" jsonb)
  WHERE "generationId" IN (SELECT "id" FROM "Generation" WHERE "endedAt" IS NULL)`

const APPEND_SQLITE = `
  INSERT INTO "GenerationChunk" ("generationId", "seq", "lastSeq", "events")
  SELECT value ->> 'generationId', value ->> 'seq', value ->> 'lastSeq', value -> 'events' FROM json_each(?)
  WHERE value ->> 'generationId' IN (SELECT "id" FROM "Generation" WHERE "endedAt" IS NULL)`

/** The stored log of a generation, in order. */
export function chunkRows(generationId: string) {
  return db().generationChunk.findMany({ where: { generationId }, orderBy: { seq: "asc" } })
}
