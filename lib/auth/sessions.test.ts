import { sessionCases } from "@/lib/auth/sessions.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([sessionCases])
