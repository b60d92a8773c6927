import { onDatabase } from "@/lib/db/databases.fixture"
import { repositoryCases } from "@/lib/db/repositories.cases"

onDatabase([repositoryCases])
