import { onDatabase } from "@/lib/db/databases.fixture"
import { limitCases } from "@/lib/db/limits.cases"

onDatabase([limitCases])
