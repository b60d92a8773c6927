import { onDatabase } from "@/lib/db/databases.fixture"
import { jobCases } from "@/lib/jobs/jobs.cases"

onDatabase([jobCases])
