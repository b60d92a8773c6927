/** The same as `compare.test.ts` on PostgreSQL, where one is reachable. */
import { afterAll, expect, test } from "vitest"
import { emptyPostgres } from "@/lib/db/testing"
import { compareCases } from "@/lib/generation/compare.cases"
import { setUp } from "@/lib/generation/generation.fixture"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  compareCases()
} else test("no PostgreSQL is reachable, so only SQLite is tested", () => expect(postgres).toBeNull())
