/** Runs grids as jobs: they continue after a crash, in any process. */
import { z } from "zod"
import { AskingRunner } from "@/lib/asking/runner"
import { readSettings } from "@/lib/chat/settings"
import { config } from "@/lib/config"
import { endRun, findGrid, runningGrids } from "@/lib/db/grids/grids"
import { modelsIn } from "@/lib/db/grids/progress"
import { userOf } from "@/lib/db/people/users"
import { inputColumnsOf, outputOf } from "@/lib/grids/grids"
import { type GridAsking, gridWork } from "@/lib/grids/work"
import { AppError } from "@/lib/http/errors"
import { defineJob, type JobRun } from "@/lib/jobs/define"
import { enqueue } from "@/lib/jobs/jobs"
import { logFault } from "@/lib/log"
import { modelOf, ownKeyInUse } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"

const payload = z.object({ gridId: z.string(), run: z.number(), only: z.array(z.number()).nullable().default(null) })

/** High enough that crashing processes never exhaust a grid's attempts. */
const ATTEMPTS = 1_000

export const gridJob = defineJob({ name: "grid", payload, attempts: ATTEMPTS, lane: "long", run: runGrid })

/** Enqueues a run of a grid, or of some of its rows, as a job. Idempotent per run number. */
export const enqueueRun = (
  userId: string,
  gridId: string,
  run: number,
  only: number[] | null = null,
): Promise<string | null> => enqueue(gridJob, { gridId, run, only }, { userId, key: `grid:${gridId}:${run}` })

/** Resumes grids interrupted by a crash or by restoring a backup. Never rejects. */
export async function continueGrids(): Promise<void> {
  try {
    for (const { id, userId, run } of await runningGrids()) await enqueueRun(userId, id, run)
  } catch (error) {
    logFault("resuming grids", error)
  }
}

type Run = JobRun<z.output<typeof payload>>

/** Starts over whenever the payer changes, looking up models and permissions again. */
async function runGrid(run: Run): Promise<void> {
  while (await runOnce(run)) {}
}

async function runOnce({ userId, payload: asked, signal }: Run): Promise<boolean> {
  const { gridId, run, only } = asked
  const user = userId === null ? null : await userOf(userId)
  const grid = user && (await findGrid(gridId, user.id))
  if (!user || !grid || grid.state !== "running" || grid.run !== run) return false
  const askings: GridAsking[] = []
  let key: string | undefined
  try {
    key = await ownKeyInUse(user.id)
    const output = outputOf(grid)
    for (const id of modelsIn(grid.models)) {
      const model = await modelOf(user.id, id)
      await requireOffered(user, model)
      const { instructions } = grid
      const settings = readSettings(grid.settings)
      askings.push({ conversationId: `grid-${gridId}`, userId: user.id, model, key, output, instructions, settings })
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await endRun(gridId, run, "paused", error.sentence)
    return false
  }
  const mostAtOnce = config().limits.gridRowsAtOnce
  const running = { gridId, user, run, upTo: grid.upTo, only, askings, columns: inputColumnsOf(grid) }
  return new AskingRunner(gridWork({ ...running, key, mostAtOnce, signal })).runAll()
}
