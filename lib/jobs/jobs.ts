/** Background jobs, which continue after a crash. */
import type { z } from "zod"
import { cancelJob, createJob, findJob, type JobRow } from "@/lib/db/jobs"
import type { JobKind } from "@/lib/jobs/define"
import { JobRunner } from "@/lib/jobs/runner"
import { singleton } from "@/lib/singleton"

const LOOK_EVERY_MS = 5_000
/** Jobs that run at once in a process, not counting those that may take hours. */
const AT_ONCE = 2
const LONG_AT_ONCE = 4
/** Maximum long jobs of one person, so that nobody blocks the others for hours. */
const LONG_EACH = 2
/** Milliseconds that jobs get to finish when the process ends. */
const STOP_MS = 5_000

const here = () => singleton<{ runners: JobRunner[] }>("jobs", () => ({ runners: [] }))

/** Runs jobs of these kinds in this process, including those of earlier processes once their leases have expired. */
export function startJobs(kinds: JobKind[], nodeId: string): void {
  const lanes = [
    { kinds: kinds.filter(({ lane }) => lane !== "long"), atOnce: AT_ONCE },
    { kinds: kinds.filter(({ lane }) => lane === "long"), atOnce: LONG_AT_ONCE, mostEach: LONG_EACH },
  ]
  const runners = lanes.map((lane) => new JobRunner({ ...lane, nodeId, everyMs: LOOK_EVERY_MS }))
  here().runners = runners
  for (const runner of runners) runner.start()
}

/** Releases the running jobs. Resolves after a few seconds at most. */
export async function stopJobs(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref())
  await Promise.race([Promise.all(here().runners.map((runner) => runner.stop())), late])
}

interface Options {
  /** A name that no other unfinished job has. */
  key?: string
  userId?: string
  runAfter?: Date
}

/**
 * Stores a job, which starts as soon as a process has a free slot. Returns its id; null if an unfinished job has the
 * same name.
 */
export async function enqueue<Schema extends z.ZodType>(
  kind: JobKind<Schema>,
  payload: z.input<Schema>,
  options: Options = {},
): Promise<string | null> {
  const id = await createJob({ kind: kind.name, payload: kind.payload.parse(payload), ...options })
  for (const runner of here().runners) void runner.wake()
  return id
}

/**
 * Cancels a job of this user (null: of the server), immediately or at its next check. False if there is none to cancel.
 */
export const cancel = (id: string, userId: string | null): Promise<boolean> => cancelJob(id, userId)

/** The state of a job of this user (null: of the server). */
export const jobOf = (id: string, userId: string | null): Promise<JobRow | null> => findJob(id, userId)
