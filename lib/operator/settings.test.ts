import { onDatabase } from "@/lib/db/databases.fixture"
import { settingsCases } from "@/lib/operator/settings.cases"

onDatabase([settingsCases])
