import { describe } from "vitest"
import { setUp } from "@/lib/generation/generation.fixture"
import { gridCases } from "@/lib/grids/grids.cases"
import { runningCases } from "@/lib/grids/running.cases"

setUp()
gridCases()
describe("while running", runningCases)
