import { onPostgres } from "@/lib/db/databases.fixture"
import { jobCases } from "@/lib/jobs/jobs.cases"

await onPostgres([jobCases])
