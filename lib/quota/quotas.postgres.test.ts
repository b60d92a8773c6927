/** The same as `quotas.test.ts` on PostgreSQL. */
import { afterAll } from "vitest"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { emptyPostgres } from "@/lib/db/testing"
import { setUp } from "@/lib/generation/generation.fixture"
import { quotaCases } from "@/lib/quota/quotas.cases"

const postgres = await emptyPostgres()

if (postgres) {
  afterAll(() => postgres.drop())
  setUp({ MAX_RUNNING_PER_USER: "1000" }, postgres.url)
  quotaCases()
} else withoutPostgres()
