/** The same as `limits.test.ts` on PostgreSQL, where one is reachable. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { limitCases } from "@/lib/db/limits.cases"
import { emptyPostgres, type TestDatabase, withTestDb } from "@/lib/db/testing"

const postgres = await emptyPostgres()

if (postgres) {
  let testDb: TestDatabase
  beforeAll(async () => {
    testDb = await withTestDb(postgres.url)
  })
  afterAll(async () => {
    await testDb.close()
    await postgres.drop()
  })
  limitCases(() => testDb.database)
} else test("no PostgreSQL is reachable, so only SQLite is tested", () => expect(postgres).toBeNull())
