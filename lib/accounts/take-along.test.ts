import { takeAlongCases } from "@/lib/accounts/take-along.cases"
import { onDatabase } from "@/lib/db/databases.fixture"

onDatabase([takeAlongCases])
