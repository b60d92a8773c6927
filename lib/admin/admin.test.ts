import { peopleCases, reportCases, settingCases } from "@/lib/admin/admin.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([peopleCases, settingCases, reportCases])
