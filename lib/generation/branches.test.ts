import { branchCases } from "@/lib/generation/branches.cases"
import { setUp } from "@/lib/generation/generation.fixture"

setUp()

branchCases()
