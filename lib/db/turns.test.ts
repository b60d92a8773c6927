import { onDatabase } from "@/lib/db/databases.fixture"
import { turnCases } from "@/lib/db/turns.cases"

onDatabase([turnCases])
