import { setUp } from "@/lib/generation/generation.fixture"
import { gridCases } from "@/lib/grids/grids.cases"

setUp()
gridCases()
