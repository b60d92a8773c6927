/** Runs jobs in this process: claims due jobs, renews leases, and retries with increasing waits. */
import { claimJob, endJob, type Held, JOB_RENEW_MS, type JobEnd, type JobRow, renewJob } from "@/lib/db/jobs"
import type { JobKind } from "@/lib/jobs/define"
import { logFault } from "@/lib/log"
import { countJob } from "@/lib/observe/meters"

export interface RunnerOptions {
  kinds: JobKind[]
  nodeId: string
  /** Maximum concurrent jobs. */
  atOnce: number
  /** Maximum concurrent jobs of one person; no limit if omitted. */
  mostEach?: number
  /** Milliseconds between two checks for due jobs. */
  everyMs: number
  renewMs?: number
}

const FIRST_WAIT_MS = 5_000
const LONGEST_WAIT_MS = 60 * 60 * 1_000

/** Milliseconds from a failed attempt to the next one: 5 s, 20 s, 80 s, … at most an hour. */
export const waitAfter = (attempts: number): number =>
  Math.min(FIRST_WAIT_MS * 4 ** Math.max(0, attempts - 1), LONGEST_WAIT_MS)

type Ending = "cancel" | "lost" | "shutdown"

export class JobRunner {
  private readonly running = new Map<Promise<void>, { userId: string | null; end: (why: Ending) => void }>()
  private timer: NodeJS.Timeout | undefined
  private looking: Promise<void> | null = null
  private again = false
  private stopped = false

  constructor(private readonly options: RunnerOptions) {}

  start(): void {
    this.timer = setInterval(() => void this.wake(), this.options.everyMs)
    this.timer.unref()
    void this.wake()
  }

  /** Checks for due jobs; resolves when as many as possible have started. Never rejects. */
  wake(): Promise<void> {
    this.again = true
    this.looking ??= this.look()
      .catch((error) => logFault("looking for due jobs", error))
      .finally(() => {
        this.looking = null
      })
    return this.looking
  }

  /** Resolves when all running jobs have ended. */
  async settled(): Promise<void> {
    await this.looking
    await Promise.all(this.running.keys())
  }

  /** Starts no more jobs and releases the running ones: they continue after the next start, or in another process. */
  async stop(): Promise<void> {
    this.stopped = true
    clearInterval(this.timer)
    await this.looking
    for (const { end } of this.running.values()) end("shutdown")
    await Promise.all(this.running.keys())
  }

  private async look(): Promise<void> {
    const { kinds, nodeId, atOnce } = this.options
    const names = kinds.map(({ name }) => name)
    while (this.again) {
      this.again = false
      while (!this.stopped && this.running.size < atOnce) {
        const job = await claimJob(names, nodeId, new Date(), this.busy())
        if (!job) break
        this.begin(job)
      }
    }
  }

  private begin(job: JobRow & Held): void {
    const abort = new AbortController()
    let why: Ending | null = null
    const end = (reason: Ending) => {
      why ??= reason
      abort.abort(new Error(reason))
    }
    const run = this.run(job, abort.signal, end, () => why)
      .catch((error) => logFault(`job ${job.kind} ${job.id}`, error))
      .finally(() => {
        this.running.delete(run)
        if (!this.stopped) void this.wake()
      })
    this.running.set(run, { userId: job.userId, end })
  }

  /** People who have the maximum number of jobs running here. */
  private busy(): string[] {
    const { mostEach = Number.POSITIVE_INFINITY } = this.options
    const counts = new Map<string, number>()
    for (const { userId } of this.running.values())
      if (userId !== null) counts.set(userId, (counts.get(userId) ?? 0) + 1)
    return [...counts].flatMap(([userId, count]) => (count >= mostEach ? [userId] : []))
  }

  private async run(
    job: JobRow & Held,
    signal: AbortSignal,
    end: (why: Ending) => void,
    endedBy: () => Ending | null,
  ): Promise<void> {
    let progress: number | undefined
    const renew = async () => {
      const how = await renewJob(job, progress).catch((error) => {
        logFault(`lease of job ${job.id}`, error)
        return "held" as const
      })
      if (how !== "held") end(how)
    }
    const timer = setInterval(() => void renew(), this.options.renewMs ?? JOB_RENEW_MS)
    let error: unknown
    try {
      if (job.cancelAsked) end("cancel")
      signal.throwIfAborted()
      await this.work(job, signal, (done) => {
        progress = Math.min(1, Math.max(0, done))
      })
    } catch (cause) {
      error = cause ?? new Error("failed")
    }
    clearInterval(timer)
    const why = endedBy()
    if (why !== "lost") {
      const end = this.outcome(job, error, why)
      await endJob(job, end)
      countJob(job.kind, end.state !== "waiting" ? end.state : why === "shutdown" ? "handed_back" : "retried")
    }
    if (error !== undefined && why === null) logFault(`job ${job.kind} ${job.id}, attempt ${job.attempts}`, error)
  }

  private async work(job: JobRow & Held, signal: AbortSignal, progress: (done: number) => void): Promise<void> {
    const kind = this.kindOf(job)
    // A job that crashes its process must not be retried without end.
    if (job.attempts > kind.attempts) throw new Error(`gave up after ${kind.attempts} attempts`)
    const { id: jobId, userId, attempts: attempt } = job
    await kind.run({ jobId, userId, attempt, signal, progress, payload: kind.payload.parse(job.payload) })
  }

  private kindOf({ kind }: JobRow): JobKind {
    const known = this.options.kinds.find(({ name }) => name === kind)
    if (!known) throw new Error(`unknown kind of job: ${kind}`)
    return known
  }

  private outcome(job: JobRow & Held, error: unknown, why: Ending | null): JobEnd {
    if (error === undefined) return { state: "done" }
    if (why === "cancel") return { state: "cancelled" }
    // The job didn't fail, so the attempt doesn't count.
    if (why === "shutdown") return { state: "waiting", runAfter: new Date(), attempts: job.attempts - 1 }
    const text = error instanceof Error ? error.message : String(error)
    if (job.attempts >= this.kindOf(job).attempts) return { state: "failed", error: text }
    return { state: "waiting", runAfter: new Date(Date.now() + waitAfter(job.attempts)), error: text }
  }
}
