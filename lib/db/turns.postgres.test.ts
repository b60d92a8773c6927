import { onPostgres } from "@/lib/db/databases.fixture"
import { turnCases } from "@/lib/db/turns.cases"

await onPostgres([turnCases])
