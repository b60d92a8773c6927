import { onPostgres } from "@/lib/db/databases.fixture"
import { importCases } from "@/lib/import/import.cases"
import { ownExportCases } from "@/lib/import/own-export.cases"
import { importWayCases } from "@/lib/import/ways.cases"

await onPostgres([importCases, ownExportCases, importWayCases])
