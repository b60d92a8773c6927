import { onPostgres } from "@/lib/db/databases.fixture"
import { sharedCases } from "@/lib/share/shared.cases"

await onPostgres([sharedCases])
