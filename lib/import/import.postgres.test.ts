import { onPostgres } from "@/lib/db/databases.fixture"
import { importCases } from "@/lib/import/import.cases"

await onPostgres([importCases])
