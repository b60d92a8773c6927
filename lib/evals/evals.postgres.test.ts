/** Same as `evals.test.ts`, on PostgreSQL. */
import { afterAll } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { evalCases } from "@/lib/evals/evals.cases"
import { setUp } from "@/lib/generation/generation.fixture"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  evalCases()
} else withoutPostgres()
