/** Same as `branches.test.ts` on PostgreSQL, if one is reachable. */
import { afterAll, expect, test } from "vitest"
import { emptyPostgres } from "@/lib/db/testing"
import { branchCases } from "@/lib/generation/branches.cases"
import { setUp } from "@/lib/generation/generation.fixture"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  branchCases()
} else test("PostgreSQL is unreachable, so only SQLite is tested", () => expect(postgres).toBeNull())
