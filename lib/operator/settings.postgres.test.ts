import { onPostgres } from "@/lib/db/databases.fixture"
import { settingsCases } from "@/lib/operator/settings.cases"

await onPostgres([settingsCases])
