import { deletionCases } from "@/lib/accounts/deletion.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([deletionCases])
