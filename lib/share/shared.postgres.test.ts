import { onPostgres } from "@/lib/db/databases.fixture"
import { sharedCases } from "@/lib/share/shared.cases"
import { sharedAccessCases } from "@/lib/share/shared-access.cases"

await onPostgres([sharedCases, sharedAccessCases])
