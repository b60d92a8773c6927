import { peopleCases, reportCases, settingCases } from "@/lib/admin/admin.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([peopleCases, settingCases, reportCases])
