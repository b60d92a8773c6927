import { sessionCases } from "@/lib/auth/sessions.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([sessionCases])
