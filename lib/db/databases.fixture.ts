/** Runs test cases on a database of their own, of either kind. */
import { afterAll, beforeAll, expect, test } from "vitest"
import type { Database } from "@/lib/db/client"
import { emptyPostgres, type TestDatabase, withTestDb } from "@/lib/db/testing"

type Cases = (database: () => Database) => void

/** Runs the cases on a new SQLite file, or on the database at `url`. */
export function onDatabase(cases: Cases[], url?: string): void {
  let testDb: TestDatabase
  beforeAll(async () => {
    testDb = await withTestDb(url)
  })
  afterAll(() => testDb.close())
  for (const run of cases) run(() => testDb.database)
}

/** Placeholder for tests without PostgreSQL: counted as skipped locally, a failure in CI. */
export function withoutPostgres(): void {
  test("needs PostgreSQL", ({ skip }) => {
    if (!process.env.CI) skip("No PostgreSQL is reachable (TEST_POSTGRES_URL).")
    expect.unreachable("CI has to start PostgreSQL")
  })
}

/**
 * Runs the cases on a new PostgreSQL database. If no server is reachable, they are skipped; in CI that is a failure.
 */
export async function onPostgres(cases: Cases[]): Promise<void> {
  const postgres = await emptyPostgres()
  if (!postgres) {
    withoutPostgres()
    return
  }
  // Hooks run in reverse: the connections are closed before the database is dropped.
  afterAll(() => postgres.drop())
  onDatabase(cases, postgres.url)
}
