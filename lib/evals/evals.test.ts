import { evalCases } from "@/lib/evals/evals.cases"
import { setUp } from "@/lib/generation/generation.fixture"

setUp()
evalCases()
