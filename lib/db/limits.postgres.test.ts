/** Same as `limits.test.ts` on PostgreSQL, if one is reachable. */
import { onPostgres } from "@/lib/db/databases.fixture"
import { limitCases } from "@/lib/db/limits.cases"

await onPostgres([limitCases])
