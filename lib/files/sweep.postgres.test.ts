import { onPostgres } from "@/lib/db/databases.fixture"
import { sweepCases } from "@/lib/files/sweep.cases"

await onPostgres([sweepCases])
