import { afterAll, beforeAll } from "vitest"
import { listCases } from "@/lib/chat/list.cases"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

listCases(() => testDb.database)
