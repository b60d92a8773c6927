import { afterAll, beforeAll } from "vitest"
import { limitCases } from "@/lib/db/limits.cases"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"

let testDb: TestDatabase
beforeAll(async () => {
  testDb = await withTestDb()
})
afterAll(() => testDb.close())

limitCases(() => testDb.database)
