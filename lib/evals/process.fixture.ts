/** A process that runs evals, begun by `crash.test.ts`: what of a server's start concerns them. */
import { v7 as uuidv7 } from "uuid"
import { continueEvals, evalJob } from "@/lib/evals/job"
import { startJobs } from "@/lib/jobs/jobs"

startJobs([evalJob], uuidv7())
await continueEvals()
process.on("disconnect", () => process.exit())
process.send?.("ready")
