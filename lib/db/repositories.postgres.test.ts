import { onPostgres } from "@/lib/db/databases.fixture"
import { repositoryCases } from "@/lib/db/repositories.cases"

await onPostgres([repositoryCases])
