/** The door to jobs: work beside the requests, which goes on after a crash. */
import type { z } from "zod"
import { cancelJob, createJob, findJob, type JobRow } from "@/lib/db/jobs"
import type { JobKind } from "@/lib/jobs/define"
import { JobRunner } from "@/lib/jobs/runner"
import { singleton } from "@/lib/singleton"

const LOOK_EVERY_MS = 5_000
/** Jobs that run at once in a process, and beside them those that may take hours. */
const AT_ONCE = 2
const LONG_AT_ONCE = 4
/** Of these those of one person: nobody keeps all others waiting for hours. */
const LONG_EACH = 2
/** Milliseconds that jobs get to end in order when the process does. */
const STOP_MS = 5_000

const here = () => singleton<{ runners: JobRunner[] }>("jobs", () => ({ runners: [] }))

/** Runs jobs of these kinds in this process, those of earlier processes too once their lease is over. */
export function startJobs(kinds: JobKind[], nodeId: string): void {
  const lanes = [
    { kinds: kinds.filter(({ lane }) => lane !== "long"), atOnce: AT_ONCE },
    { kinds: kinds.filter(({ lane }) => lane === "long"), atOnce: LONG_AT_ONCE, mostEach: LONG_EACH },
  ]
  const runners = lanes.map((lane) => new JobRunner({ ...lane, nodeId, everyMs: LOOK_EVERY_MS }))
  here().runners = runners
  for (const runner of runners) runner.start()
}

/** Hands back what runs. Resolves after some seconds at the latest. */
export async function stopJobs(): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref())
  await Promise.race([Promise.all(here().runners.map((runner) => runner.stop())), late])
}

interface Options {
  /** A name that no other job has until this one has ended. */
  key?: string
  userId?: string
  runAfter?: Date
}

/** Stores a job, which begins as soon as some process has room. Returns its id; null when one of its name has not ended. */
export async function enqueue<Schema extends z.ZodType>(
  kind: JobKind<Schema>,
  payload: z.input<Schema>,
  options: Options = {},
): Promise<string | null> {
  const id = await createJob({ kind: kind.name, payload: kind.payload.parse(payload), ...options })
  for (const runner of here().runners) void runner.wake()
  return id
}

/** Ends a job of this user (null: of the server), at once or when it next looks. False when there is none to end. */
export const cancel = (id: string, userId: string | null): Promise<boolean> => cancelJob(id, userId)

/** How a job of this user (null: of the server) stands. */
export const jobOf = (id: string, userId: string | null): Promise<JobRow | null> => findJob(id, userId)
