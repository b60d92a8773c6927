/** A process that runs grids, begun by `crash.test.ts`: what of a server's start concerns them. */
import { v7 as uuidv7 } from "uuid"
import { continueGrids, gridJob } from "@/lib/grids/job"
import { startJobs } from "@/lib/jobs/jobs"

startJobs([gridJob], uuidv7())
await continueGrids()
process.on("disconnect", () => process.exit())
process.send?.("ready")
