import { databaseOf, type SqliteAdapter } from "@/lib/db/raw"

/** Statements that change nothing. */
const READS = /^\s*(?:SELECT|PRAGMA|EXPLAIN)\b/i

const waiting = new WeakMap<SqliteAdapter, number>()

/** Transactions and writes waiting for their turn. */
export const pendingWrites = (adapter: SqliteAdapter): number => waiting.get(adapter) ?? 0

/**
 * Prisma has one connection to SQLite, and its adapter only separates transactions. A write outside of one that arrives
 * while one is open would become part of it, and be lost if it is rolled back. So such writes wait until it has ended.
 * Reads don't wait. Within `$transaction(async (client) => …)` only `client` may write: a write through `db()` would
 * deadlock.
 */
export function serializeWrites(adapter: SqliteAdapter): SqliteAdapter {
  const database = databaseOf(adapter)
  type Query = Parameters<SqliteAdapter["queryRaw"]>[0]
  const inTurn =
    <T>(run: (query: Query) => Promise<T>) =>
    async (query: Query): Promise<T> => {
      // Completes before anything else gets a turn.
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
    waiting.set(adapter, pendingWrites(adapter) + 1)
    try {
      return await startTransaction(...args)
    } finally {
      waiting.set(adapter, pendingWrites(adapter) - 1)
    }
  }
  adapter.queryRaw = inTurn(adapter.queryRaw.bind(adapter))
  adapter.executeRaw = inTurn(adapter.executeRaw.bind(adapter))
  return adapter
}
