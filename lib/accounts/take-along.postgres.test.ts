import { takeAlongCases } from "@/lib/accounts/take-along.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

await onPostgres([takeAlongCases])
