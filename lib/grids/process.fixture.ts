/** A process that runs grids, started by `crash.test.ts`: the parts of a server's startup that concern them. */
import { v7 as uuidv7 } from "uuid"
import { continueGrids, gridJob } from "@/lib/grids/job"
import { startJobs } from "@/lib/jobs/jobs"

startJobs([gridJob], uuidv7())
await continueGrids()
process.on("disconnect", () => process.exit())
process.send?.("ready")
