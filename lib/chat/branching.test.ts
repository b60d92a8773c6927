import { branchingCases } from "@/lib/chat/branching.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([branchingCases])
