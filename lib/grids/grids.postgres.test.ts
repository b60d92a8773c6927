/** Same as `grids.test.ts`, on PostgreSQL. */
import { afterAll, describe } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { setUp } from "@/lib/generation/generation.fixture"
import { gridCases } from "@/lib/grids/grids.cases"
import { runningCases } from "@/lib/grids/running.cases"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  gridCases()
  describe("while running", runningCases)
} else withoutPostgres()
