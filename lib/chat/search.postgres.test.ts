/** The same as `search.test.ts` on PostgreSQL, where one is reachable. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { searchCases } from "@/lib/chat/search.cases"
import { searchFoundCases } from "@/lib/chat/search-found.cases"
import { searchPlaceCases } from "@/lib/chat/search-place.cases"
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
  for (const cases of [searchFoundCases, searchCases, searchPlaceCases]) cases(() => testDb.database)
} else test("no PostgreSQL is reachable, so only SQLite is tested", () => expect(postgres).toBeNull())
