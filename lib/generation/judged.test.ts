import { setUp } from "@/lib/generation/generation.fixture"
import { hiddenCases } from "@/lib/generation/hidden.cases"
import { judgedCases } from "@/lib/generation/judged.cases"

setUp()

hiddenCases()
judgedCases()
