import { config } from "@/lib/config"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

interface Making<T> {
  most: number
  /** Current count. */
  count: (client: Transaction) => Promise<number>
  make: (client: Transaction) => Promise<T>
}

/**
 * Creates one more of what a user may have at most `most` of; null if the limit is reached. Requests of the same user
 * are serialized, so that concurrent ones can't exceed it: SQLite runs one write transaction at a time, on PostgreSQL
 * the user's row is locked. The user must exist.
 */
export function createWithinLimit<T>(userId: string, { most, count, make }: Making<T>): Promise<T | null> {
  return db().$transaction(async (client) => {
    if (isPostgres(config().databaseUrl))
      await client.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${userId} FOR UPDATE`
    return (await count(client)) >= most ? null : make(client)
  })
}
