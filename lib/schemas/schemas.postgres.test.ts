/** The same as `schemas.test.ts` on PostgreSQL, if one is reachable. */
import { onPostgres } from "@/lib/db/databases.fixture"
import { schemaCases } from "@/lib/schemas/schemas.cases"

await onPostgres([schemaCases])
