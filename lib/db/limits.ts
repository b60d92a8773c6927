import { config } from "@/lib/config"
import { db, isPostgres, type Transaction } from "@/lib/db/client"

interface Making<T> {
  most: number
  /** How many there are. */
  count: (client: Transaction) => Promise<number>
  make: (client: Transaction) => Promise<T>
}

/**
 * Makes one more of what a person may have `most` of; null when they have them. Requests of the same person wait for
 * each other, so that many at once make no more: SQLite writes one transaction at a time, on PostgreSQL the row of the
 * person is locked. It has to exist.
 */
export function makeUnlessFull<T>(userId: string, { most, count, make }: Making<T>): Promise<T | null> {
  return db().$transaction(async (client) => {
    if (isPostgres(config().databaseUrl))
      await client.$queryRaw`SELECT "id" FROM "User" WHERE "id" = ${userId} FOR UPDATE`
    return (await count(client)) >= most ? null : make(client)
  })
}
