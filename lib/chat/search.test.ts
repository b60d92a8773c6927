import { afterAll, beforeAll } from "vitest"
import { searchCases } from "@/lib/chat/search.cases"
import { searchFoundCases } from "@/lib/chat/search-found.cases"
import { searchPlaceCases } from "@/lib/chat/search-place.cases"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

for (const cases of [searchFoundCases, searchCases, searchPlaceCases]) cases(() => testDb.database)
