/** Runs evals as jobs: they continue after a crash, in any process. */
import { z } from "zod"
import { AskingRunner } from "@/lib/asking/runner"
import { config } from "@/lib/config"
import { endRun, findRun, runningRuns } from "@/lib/db/evals/runs"
import { userOf } from "@/lib/db/people/users"
import { columnsIn } from "@/lib/evals/evals"
import { type ColumnAsking, evalWork } from "@/lib/evals/work"
import { AppError } from "@/lib/http/errors"
import { defineJob, type JobRun } from "@/lib/jobs/define"
import { enqueue } from "@/lib/jobs/jobs"
import { logFault } from "@/lib/log"
import type { ModelInfo } from "@/lib/models/model.types"
import { modelOf, ownKeyInUse } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"

const payload = z.object({ runId: z.string(), run: z.number(), only: z.array(z.number()).nullable().default(null) })

/** High enough that crashing processes never exhaust a run's attempts. */
const ATTEMPTS = 1_000

export const evalJob = defineJob({ name: "eval", payload, attempts: ATTEMPTS, lane: "long", run: runEval })

/** Enqueues a run, or some of its questions, as a job. Idempotent per run number. */
export const enqueueRun = (
  userId: string,
  runId: string,
  run: number,
  only: number[] | null = null,
): Promise<string | null> => enqueue(evalJob, { runId, run, only }, { userId, key: `eval:${runId}:${run}` })

/** Resumes runs interrupted by a crash or by restoring a backup. Never rejects. */
export async function continueEvals(): Promise<void> {
  try {
    for (const { id, run, eval: of } of await runningRuns()) await enqueueRun(of.userId, id, run)
  } catch (error) {
    logFault("resuming evals", error)
  }
}

type Run = JobRun<z.output<typeof payload>>

/** Starts over whenever the payer changes, looking up models and permissions again. */
async function runEval(run: Run): Promise<void> {
  while (await runOnce(run)) {}
}

async function runOnce({ userId, payload: asked, signal }: Run): Promise<boolean> {
  const { runId, run, only } = asked
  const user = userId === null ? null : await userOf(userId)
  const found = user && (await findRun(runId, user.id))
  if (!user || !found || found.state !== "running" || found.run !== run) return false
  const columns: ColumnAsking[] = []
  let judge: ModelInfo | null = null
  let key: string | undefined
  try {
    key = await ownKeyInUse(user.id)
    for (const column of columnsIn(found)) {
      const model = await modelOf(user.id, column.model)
      await requireOffered(user, model)
      columns.push({ model, system: column.system, settings: column.settings })
    }
    if (found.judge !== null) {
      judge = await modelOf(user.id, found.judge)
      await requireOffered(user, judge)
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await endRun(runId, run, "paused", error.sentence)
    return false
  }
  const mostAtOnce = config().limits.gridRowsAtOnce
  const running = { runId, evalId: found.evalId, user, run, upTo: found.upTo, only, columns, judge }
  return new AskingRunner(evalWork({ ...running, key, mostAtOnce, signal })).runAll()
}
