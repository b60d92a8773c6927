import { removalCases } from "@/lib/chat/removal.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([removalCases])
