import { deletionCases } from "@/lib/accounts/deletion.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([deletionCases])
