import { setUp } from "@/lib/generation/generation.fixture"
import { judgedCases } from "@/lib/generation/judged.cases"

setUp()

judgedCases()
