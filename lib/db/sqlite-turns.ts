import { databaseOf, type SqliteAdapter } from "@/lib/db/raw"

/** What changes nothing. */
const READS = /^\s*(?:SELECT|PRAGMA|EXPLAIN)\b/i

const waiting = new WeakMap<SqliteAdapter, number>()

/** Transactions and writes that wait for their turn. */
export const turnsWaiting = (adapter: SqliteAdapter): number => waiting.get(adapter) ?? 0

/**
 * Prisma has one connection to SQLite, and its adapter keeps only transactions apart. A write outside of them that comes while
 * one is open would be part of it, and be lost when that one is rolled back. So writes wait until it has ended. Reads don't
 * wait. Within `$transaction(async (client) => …)` only `client` may write: a write of `db()` would wait for its own end.
 */
export function writesInTurn(adapter: SqliteAdapter): SqliteAdapter {
  const database = databaseOf(adapter)
  type Query = Parameters<SqliteAdapter["queryRaw"]>[0]
  const inTurn =
    <T>(run: (query: Query) => Promise<T>) =>
    async (query: Query): Promise<T> => {
      // It is done before anybody else has a turn.
      if (!database.inTransaction || READS.test(query.sql)) return run(query)
      const turn = await adapter.startTransaction()
      try {
        const result = await run(query)
        database.exec("COMMIT")
        return result
      } finally {
        if (database.inTransaction) database.exec("ROLLBACK")
        await turn.commit()
      }
    }
  const startTransaction = adapter.startTransaction.bind(adapter)
  adapter.startTransaction = async (...args) => {
    waiting.set(adapter, turnsWaiting(adapter) + 1)
    try {
      return await startTransaction(...args)
    } finally {
      waiting.set(adapter, turnsWaiting(adapter) - 1)
    }
  }
  adapter.queryRaw = inTurn(adapter.queryRaw.bind(adapter))
  adapter.executeRaw = inTurn(adapter.executeRaw.bind(adapter))
  return adapter
}
