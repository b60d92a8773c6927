import { config } from "@/lib/config"
import { toJsonText } from "@/lib/db/clean"
import { db, isPostgres, raw, type Transaction } from "@/lib/db/client"
import { requireLiveUser } from "@/lib/db/quota"

/**
 * Duration of a lease, and interval of its renewal and of checking others, in milliseconds: together less than the 15 s
 * within which an answer of a dead process is closed.
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

/** Number of guests' generations started since then. */
export const generationsOfGuests = (since: Date) =>
  db().generation.count({
    where: { startedAt: { gte: since }, message: { conversation: { user: { guest: true } } } },
  })

export const generationById = (id: string) => db().generation.findUnique({ where: { id } })

/** The most recently started run of a message. */
export const newestGeneration = (messageId: string) =>
  db().generation.findFirst({ where: { messageId }, orderBy: [{ startedAt: "desc" }, { id: "desc" }] })

/** How many answers are being written for a user, in any process. */
export const runningOfUser = (userId: string) => db().generation.count({ where: { userId, endedAt: null } })

/** Renews the leases of a process. Returns how many it still holds. */
export async function renewLeases(ids: string[], nodeId: string): Promise<number> {
  const { count } = await db().generation.updateMany({
    where: { id: { in: ids }, nodeId, endedAt: null },
    data: { leaseUntil: new Date(Date.now() + LEASE_MS) },
  })
  return count
}

/** Which of these generations another process has taken over. */
export async function takenOverGenerations(ids: string[], nodeId: string): Promise<string[]> {
  const rows = await db().generation.findMany({
    where: { id: { in: ids }, nodeId: { not: nodeId } },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}

/**
 * Generations that no process runs anymore: their lease expired at least `overForMs` ago, or (`allButNode`) they belong
 * to an earlier process.
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

/** Milliseconds by which this process's clock is ahead of PostgreSQL's; 0 on SQLite, which has no clock of its own. */
export async function clockSkewMs(): Promise<number> {
  if (!isPostgres(config().databaseUrl)) return 0
  const asked = Date.now()
  const sql = `SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS "ms"`
  const [row] = await raw().read({ sql, values: [] })
  // The database's clock was read in between.
  return (asked + Date.now()) / 2 - Number(row?.ms)
}

/** Takes over an abandoned generation, so that only one process recovers it. */
export async function claimGeneration(id: string, leaseUntil: Date, nodeId: string): Promise<boolean> {
  const { count } = await db().generation.updateMany({
    where: { id, endedAt: null, leaseUntil },
    data: { nodeId, leaseUntil: new Date(Date.now() + LEASE_MS) },
  })
  return count === 1
}

/**
 * The generations currently writing in a conversation: one, or several that are compared. The query includes the owner.
 */
export function runningGenerations(conversationId: string, userId: string) {
  return db().generation.findMany({
    where: { conversationId, userId, endedAt: null },
    orderBy: [{ startedAt: "asc" }, { id: "asc" }],
  })
}

/** The comparisons of the answers being written in a conversation; null for an answer without one. */
export async function runningComparisons(client: Transaction, conversationId: string): Promise<(string | null)[]> {
  const rows = await client.generation.findMany({
    where: { conversationId, endedAt: null },
    select: { message: { select: { comparisonId: true, decidedAt: true } } },
  })
  return rows.map(({ message }) => (message.decidedAt ? null : message.comparisonId))
}

/** The running generations of this user. */
export const generationsOfUser = (userId: string) => db().generation.findMany({ where: { userId, endedAt: null } })

/** The running generations of guests. */
export const runningOfGuests = () =>
  db().generation.findMany({
    where: { endedAt: null, message: { conversation: { user: { guest: true } } } },
    select: { id: true, nodeId: true },
  })

/** IDs of the user's conversations that are being answered. */
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

/** Appends rows of several generations in one statement, except for those that are gone or have ended. */
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
