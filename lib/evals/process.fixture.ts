/** A process that runs evals, started by `crash.test.ts`: the parts of a server's startup that concern them. */
import { v7 as uuidv7 } from "uuid"
import { continueEvals, evalJob } from "@/lib/evals/job"
import { startJobs } from "@/lib/jobs/jobs"

startJobs([evalJob], uuidv7())
await continueEvals()
process.on("disconnect", () => process.exit())
process.send?.("ready")
