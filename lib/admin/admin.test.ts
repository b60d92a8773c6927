import { reportCases, settingCases } from "@/lib/admin/admin.cases"
import { peopleCases } from "@/lib/admin/people.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([peopleCases, settingCases, reportCases])
