/** The same as `grids.test.ts` on PostgreSQL. */
import { afterAll } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { setUp } from "@/lib/generation/generation.fixture"
import { gridCases } from "@/lib/grids/grids.cases"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  gridCases()
} else withoutPostgres()
