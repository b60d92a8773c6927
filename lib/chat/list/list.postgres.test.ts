/** Same as `list.test.ts` on PostgreSQL, if one is reachable. */
import { listCases } from "@/lib/chat/list/list.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([listCases])
