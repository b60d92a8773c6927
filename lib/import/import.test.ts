import { onDatabase } from "@/lib/db/databases.fixture"
import { importCases } from "@/lib/import/import.cases"

onDatabase([importCases])
