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

/** Stands in for tests whose PostgreSQL is missing: skipped and counted so at home, a failure in CI. */
export function withoutPostgres(): void {
  test("needs PostgreSQL", ({ skip }) => {
    if (!process.env.CI) skip("No PostgreSQL is reachable (TEST_POSTGRES_URL).")
    expect.unreachable("CI has to start PostgreSQL")
  })
}

/** Runs the cases on a new database of a PostgreSQL. Where none is reachable they are skipped; in CI that is a failure. */
export async function onPostgres(cases: Cases[]): Promise<void> {
  const postgres = await emptyPostgres()
  if (!postgres) {
    withoutPostgres()
    return
  }
  // Ends run in reverse: the connections are closed before the database goes.
  afterAll(() => postgres.drop())
  onDatabase(cases, postgres.url)
}
