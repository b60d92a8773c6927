import { branchingCases } from "@/lib/chat/branching.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([branchingCases])
