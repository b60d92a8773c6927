/** Same as `compare.test.ts` on PostgreSQL, if one is reachable. */
import { afterAll } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { compareCases } from "@/lib/generation/compare.cases"
import { keptCases } from "@/lib/generation/compare-kept.cases"
import { setUp } from "@/lib/generation/generation.fixture"
import { hiddenCases } from "@/lib/generation/hidden.cases"
import { judgedCases } from "@/lib/generation/judged.cases"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({}, postgres.url)
  compareCases()
  keptCases()
  hiddenCases()
  judgedCases()
} else withoutPostgres()
