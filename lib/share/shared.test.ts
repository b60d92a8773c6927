import { onDatabase } from "@/lib/db/databases.fixture"
import { sharedCases } from "@/lib/share/shared.cases"

onDatabase([sharedCases])
