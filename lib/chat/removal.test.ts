import { removalCases } from "@/lib/chat/removal.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([removalCases])
