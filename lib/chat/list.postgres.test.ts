/** The same as `list.test.ts` on PostgreSQL, where one is reachable. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { listCases } from "@/lib/chat/list.cases"
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
  listCases(() => testDb.database)
} else test("no PostgreSQL is reachable, so only SQLite is tested", () => expect(postgres).toBeNull())
