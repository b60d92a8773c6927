import { onDatabase } from "@/lib/db/databases.fixture"
import { sweepCases } from "@/lib/files/sweep.cases"

onDatabase([sweepCases])
