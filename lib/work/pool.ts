/**
 * A few worker threads, or processes, for work that may take long or be large and must not block everyone else's
 * answers: with a deadline, a memory limit, and a bounded queue in which people take turns. A thread that exceeds a
 * limit is ended and replaced. Threads start when first needed and end after being idle for a while.
 */
import { AppError } from "@/lib/http/errors"
import type { Budget } from "@/lib/work/budget"
import { type Carrier, createProcessCarrier, thread as workerThread } from "@/lib/work/carriers"
import { faultOf, internal, OF_PROCESS, type Reply, replyOf, thrown, tooMuchWorkError } from "@/lib/work/faults"
import { watchGrowth } from "@/lib/work/growth"
import { processorMs } from "@/lib/work/processor-time"
import { FairQueue } from "@/lib/work/queue"

export interface PoolOptions {
  /** The file with the threads' code; called for each new thread. */
  file: () => Promise<string>
  threads: number
  /** Each is a separate process. */
  processes?: true
  /** JavaScript heap of a thread in megabytes, not counting buffers; for a process, its total memory. */
  memoryMb: number
  /**
   * Megabytes by which the whole process may grow per running task, for buffers and WebAssembly. Omitted: unlimited. A
   * thread that leaves much of it behind ends with its task.
   */
  mostGrowthMb?: number
  /** Memory shared with other pools, and megabytes that each task takes from it. */
  budget?: { of: Budget; mb: number }
  /** Waiting tasks, overall and per person. Further ones are refused. */
  mostWaiting: number
  mostOfOne: number
  /** Milliseconds after which an idle thread ends. */
  idleMs: number
}

export interface Task {
  name: string
  args: unknown[]
  /** Whose work it is: people take turns, and one person never gets all threads. */
  person: string
  /**
   * Milliseconds that it may work, excluding time in the queue and loading its code. Measured in CPU time if the system
   * reports it (Linux), so that a busy machine doesn't shorten it.
   */
  ms: number
  /** Ends the task when it aborts, wherever it is. */
  signal?: AbortSignal
}

interface Job extends Task {
  /** When it started to wait, then when it got a thread. */
  since: number
  resolve(value: unknown): void
  reject(error: AppError): void
}

/** Milliseconds in which a thread must have started and loaded a task's code, even on a busy machine. */
const LOADING_MS = 20_000
/** Multiple of its deadline that a task may take in total if it gets no CPU time, or waits for something. */
const MAX_STARVED = 20

interface Thread {
  /** Null while it starts. */
  worker: Carrier | null
  job: Job | null
  timer: NodeJS.Timeout | undefined
  /** Ends the watch on the memory of the process. */
  unwatch?: () => void
  /** Memory of the process when its task started, in bytes. */
  began?: number
  /** Megabytes it holds of the budget. */
  held: number
}

export interface PoolStats {
  threads: number
  running: number
  waiting: number
  done: number
  /** Tasks that had to be ended, and why. */
  stopped: number
  stoppedBy: Record<StopKind, number>
  refused: number
  /** Total milliseconds that tasks waited for a thread, and that they ran. */
  waitedMs: number
  ranMs: number
}

/** `fault`: the thread ended on its own, or could not start. */
export type StopKind = "time" | "memory" | "fault" | "closed"

const poolClosed = () => tooMuchWorkError("the pool was closed")

/** If a task leaves this many bytes behind, its thread ends. */
const MUCH = 50_000_000

export class WorkPool {
  private readonly queue = new FairQueue<Job>()
  private readonly threads = new Set<Thread>()
  private readonly counts = { done: 0, refused: 0, waitedMs: 0, ranMs: 0 }
  private readonly stoppedBy: Record<StopKind, number> = { time: 0, memory: 0, fault: 0, closed: 0 }
  private closed = false

  constructor(private readonly options: PoolOptions) {}

  /**
   * The result of the task. Throws `work:busy` if too much is waiting, `work:too_much` if it exceeded its time or
   * memory, the task's own `AppError`, and `server:internal` for anything else it throws.
   */
  run(task: Task): Promise<unknown> {
    if (this.closed) return Promise.reject(poolClosed())
    const { mostWaiting, mostOfOne } = this.options
    if (this.queue.size >= mostWaiting || this.queue.waitingFor(task.person) >= mostOfOne) {
      this.counts.refused++
      return Promise.reject(new AppError("work:busy"))
    }
    const { signal } = task
    if (signal?.aborted) return Promise.reject(tooMuchWorkError("cancelled"))
    return new Promise((resolve, reject) => {
      const job: Job = { ...task, resolve, reject, since: performance.now() }
      this.queue.push(job)
      signal?.addEventListener("abort", () => this.cancel(job), { once: true })
      this.advance()
    })
  }

  private cancel(job: Job): void {
    const thread = [...this.threads].find((one) => one.job === job)
    if (thread) void this.end(thread, tooMuchWorkError("cancelled"), "closed")
    else if (this.queue.remove(job)) job.reject(tooMuchWorkError("cancelled"))
  }

  stats(): PoolStats {
    const { running } = this
    const stopped = Object.values(this.stoppedBy).reduce((sum, count) => sum + count)
    const { counts, queue, stoppedBy, threads } = this
    return { ...counts, stopped, stoppedBy: { ...stoppedBy }, threads: threads.size, running, waiting: queue.size }
  }

  /** Ends all threads. Running, waiting, and later tasks are refused. */
  async close(): Promise<void> {
    this.closed = true
    for (let job = this.queue.take(() => true); job; job = this.queue.take(() => true)) job.reject(poolClosed())
    await Promise.all([...this.threads].map((thread) => this.end(thread, poolClosed(), "closed")))
  }

  /** Assigns waiting tasks to free threads, or to new ones. */
  advance(): void {
    for (;;) {
      const free = [...this.threads].find(({ job }) => !job)
      const job = free || this.threads.size < this.options.threads ? this.next() : undefined
      if (!job) {
        this.options.budget?.of.leave(this)
        return
      }
      const thread = free ?? { worker: null, job: null, timer: undefined, held: 0 }
      if (!this.isPaid(thread)) {
        this.queue.putBack(job)
        return
      }
      this.threads.add(thread)
      thread.job = job
      this.counts.waitedMs += performance.now() - job.since
      job.since = performance.now()
      clearTimeout(thread.timer)
      if (thread.worker) this.begin(thread, thread.worker, job)
      else void this.start(thread, job)
    }
  }

  /** Ends idle threads. */
  shed(): void {
    for (const thread of this.threads) if (!thread.job) void this.end(thread, tooMuchWorkError("idle"), "closed")
  }

  private next(): Job | undefined {
    return this.queue.take((person) => this.mayRun(person))
  }

  /** Whether the thread has its share of the budget, or gets it now. */
  private isPaid(thread: Thread): boolean {
    const { budget } = this.options
    if (!budget || thread.held > 0) return true
    if (!budget.of.take(this, budget.mb)) return false
    thread.held = budget.mb
    return true
  }

  private giveBack(thread: Thread): void {
    const { held } = thread
    thread.held = 0
    if (held > 0) this.options.budget?.of.give(held)
  }

  /** One thread is always left for other people. */
  private mayRun(person: string): boolean {
    const own = [...this.threads].filter(({ job }) => job?.person === person).length
    return own < Math.max(1, this.options.threads - 1)
  }

  private async start(thread: Thread, job: Job): Promise<void> {
    try {
      const file = await this.options.file()
      // The pool was closed in the meantime: nobody would end the thread.
      if (!this.threads.has(thread)) return
      const worker = (this.options.processes ? createProcessCarrier : workerThread)(file, this.options.memoryMb, {
        reply: (message) => this.hear(thread, replyOf(message)),
        ended: (kind, error) => void this.end(thread, faultOf(kind, error), kind),
      })
      thread.worker = worker
      this.begin(thread, worker, job)
    } catch (error) {
      await this.end(thread, internal(error), "fault")
    }
  }

  private begin(thread: Thread, worker: Carrier, job: Job): void {
    worker.hold()
    this.limit(thread, job, LOADING_MS)
    const { mostGrowthMb } = this.options
    if (mostGrowthMb !== undefined) {
      thread.began = process.memoryUsage.rss()
      thread.unwatch = watchGrowth(
        () => mostGrowthMb * this.running,
        () => void this.end(thread, tooMuchWorkError(OF_PROCESS), "memory"),
      )
    }
    try {
      worker.send({ name: job.name, args: job.args })
    } catch (error) {
      // The arguments can't be serialized.
      this.finish(thread, { error: { message: String(error) } })
    }
  }

  private limit(thread: Thread, { name }: Job, ms: number, left: () => number = () => 0): void {
    clearTimeout(thread.timer)
    const look = () => {
      const more = left()
      if (more > 0) thread.timer = setTimeout(look, more)
      else void this.end(thread, tooMuchWorkError(`${name}: timed out after ${ms} ms`), "time")
    }
    thread.timer = setTimeout(look, ms)
  }

  private hear(thread: Thread, reply: Reply): void {
    if (!reply.began) this.finish(thread, reply)
    else if (thread.job) this.limit(thread, thread.job, thread.job.ms, timeLeft(thread.job.ms, reply.clock))
  }

  private finish(thread: Thread, { value, error }: Reply): void {
    const { job, worker } = thread
    clearTimeout(thread.timer)
    thread.unwatch?.()
    thread.job = null
    worker?.letGo()
    this.counts.done++
    this.countRun(job)
    if (error) job?.reject(thrown(error))
    else job?.resolve(value)
    if (this.isSpent(thread)) return void this.end(thread, tooMuchWorkError("spent"), "closed")
    thread.timer = setTimeout(
      () => void this.end(thread, tooMuchWorkError("idle"), "closed"),
      this.options.idleMs,
    ).unref()
    // A process keeps its memory until it ends, or for the next task of its pool.
    if (!this.options.processes) this.giveBack(thread)
    this.advance()
  }

  /**
   * Whether to end the thread: it holds budget without a use for it or that others wait for, or its task left much
   * memory behind.
   */
  private isSpent({ began }: Thread): boolean {
    const { budget, processes } = this.options
    if (budget && processes) return this.queue.size === 0 || budget.of.isWantedBeside(this)
    return began !== undefined && process.memoryUsage.rss() - began > MUCH
  }

  private get running(): number {
    return [...this.threads].filter(({ job }) => job).length
  }

  private countRun(job: Job | null): void {
    if (job) this.counts.ranMs += performance.now() - job.since
  }

  private async end(thread: Thread, error: AppError, kind: StopKind): Promise<void> {
    if (!this.threads.delete(thread)) return
    clearTimeout(thread.timer)
    thread.unwatch?.()
    this.countRun(thread.job)
    if (thread.job) this.stoppedBy[kind]++
    thread.job?.reject(error)
    this.advance()
    await thread.worker?.end()
    this.giveBack(thread)
  }
}

/** Returns a function for how many milliseconds a task that starts now may still work. */
function timeLeft(ms: number, clock: string | undefined): () => number {
  const latest = performance.now() + ms * MAX_STARVED
  const began = processorMs(clock)
  return () => {
    const now = processorMs(clock)
    if (began === null || now === null || performance.now() > latest) return 0
    return Math.ceil(ms - (now - began))
  }
}
