/** Cases that are run on a database of their own, of either kind. */
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { emptyPostgres, type TestDatabase, withTestDb } from "@/lib/db/testing"

type Cases = (database: () => Database) => void

/** Runs the cases on a new SQLite file, or on the database of the address. */
export function onDatabase(cases: Cases[], url?: string): void {
  let testDb: TestDatabase
  beforeAll(async () => {
    testDb = await withTestDb(url)
  })
  afterAll(() => testDb.close())
  for (const run of cases) run(() => testDb.database)
}

/** Runs the cases on a new database of a PostgreSQL, where one is reachable. */
export async function onPostgres(cases: Cases[]): Promise<void> {
  const postgres = await emptyPostgres()
  if (!postgres) {
    test("no PostgreSQL is reachable, so only SQLite is tested", () => expect(postgres).toBeNull())
    return
  }
  // Ends run in reverse: the connections are closed before the database goes.
  afterAll(() => postgres.drop())
  onDatabase(cases, postgres.url)
}
