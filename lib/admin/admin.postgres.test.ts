import { reportCases, settingCases } from "@/lib/admin/admin.cases"
import { peopleCases } from "@/lib/admin/people.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([peopleCases, settingCases, reportCases])
