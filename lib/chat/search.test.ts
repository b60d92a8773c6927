import { afterAll, beforeAll } from "vitest"
import { searchCases } from "@/lib/chat/search.cases"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

searchCases(() => testDb.database)
