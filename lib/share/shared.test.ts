import { onDatabase } from "@/lib/db/databases.fixture"
import { sharedCases } from "@/lib/share/shared.cases"
import { sharedAccessCases } from "@/lib/share/shared-access.cases"

onDatabase([sharedCases, sharedAccessCases])
