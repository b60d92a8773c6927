/**
 * A few worker threads, or processes, for what can be long or large and must not stop the answers of everybody else: a deadline, a
 * bound of memory, a bounded queue in which the persons take turns. A thread that overruns is ended and another takes
 * its place. Threads begin when they are first needed and end when nothing has been asked for a while.
 */
import { AppError } from "@/lib/http/errors"
import type { Budget } from "@/lib/work/budget"
import { type Carrier, ownProcess, thread as workerThread } from "@/lib/work/carriers"
import { faultOf, internal, OF_PROCESS, type Reply, replyOf, thrown, tooMuch } from "@/lib/work/faults"
import { watchGrowth } from "@/lib/work/growth"
import { processorMs } from "@/lib/work/processor-time"
import { FairQueue } from "@/lib/work/queue"

export interface PoolOptions {
  /** The file of the threads' code; asked for each time that one begins. */
  file: () => Promise<string>
  threads: number
  /** Each is a process of its own. */
  processes?: true
  /** Megabytes of JavaScript's heap that a thread may use, buffers not counted in; of a process, all that it uses. */
  memoryMb: number
  /**
   * Megabytes that the whole process may grow by for each task that runs: buffers and WebAssembly. Left out: any number. A
   * thread that leaves much of them behind ends with its task.
   */
  mostGrowthMb?: number
  /** Memory that it shares with other pools, and megabytes of it that a task takes. */
  budget?: { of: Budget; mb: number }
  /** Tasks that wait, of everybody and of one person. What is more is refused. */
  mostWaiting: number
  mostOfOne: number
  /** Milliseconds without a task after which a thread ends. */
  idleMs: number
}

export interface Task {
  name: string
  args: unknown[]
  /** Whose work it is: persons take turns, and one alone never has all threads. */
  person: string
  /**
   * Milliseconds that it may work, without its time in the queue and the loading of its code. Of processor time where the
   * system tells it (Linux), so that a busy machine takes nothing away.
   */
  ms: number
  /** Ends it when it aborts, wherever it is. */
  signal?: AbortSignal
}

interface Job extends Task {
  /** When it began to wait, then when it came to a thread. */
  since: number
  resolve(value: unknown): void
  reject(error: AppError): void
}

/** Milliseconds in which a thread must have begun and loaded a task's code, on a busy machine too. */
const LOADING_MS = 20_000
/** How many times its deadline a task may take that gets no processor, or waits for something. */
const MOST_STARVED = 20

interface Thread {
  /** Null while it begins. */
  worker: Carrier | null
  job: Job | null
  timer: NodeJS.Timeout | undefined
  /** Ends the watch over the memory of the process. */
  unwatch?: () => void
  /** Bytes of the process when its task began. */
  began?: number
  /** Megabytes that it has of the budget. */
  held: number
}

/** What a pool has done, for measurements. */
export interface PoolStats {
  threads: number
  running: number
  waiting: number
  done: number
  /** Tasks that had to be ended, and of what. */
  stopped: number
  stoppedBy: Record<StopKind, number>
  refused: number
  /** Milliseconds that tasks waited for a thread, and that they were in one, all together. */
  waitedMs: number
  ranMs: number
}

/** `fault`: the thread ended by itself, or could not begin. */
export type StopKind = "time" | "memory" | "fault" | "closed"

const poolClosed = () => tooMuch("the pool was closed")

/** Bytes left behind by a task for which its thread ends. */
const MUCH = 50_000_000

export class WorkPool {
  private readonly queue = new FairQueue<Job>()
  private readonly threads = new Set<Thread>()
  private readonly counts = { done: 0, refused: 0, waitedMs: 0, ranMs: 0 }
  private readonly stoppedBy: Record<StopKind, number> = { time: 0, memory: 0, fault: 0, closed: 0 }
  private closed = false

  constructor(private readonly options: PoolOptions) {}

  /**
   * What the task gives. Throws `work:busy` when too much waits, `work:too_much` when it went over its time or memory,
   * the task's own `AppError`, and `server:internal` for everything else that it throws.
   */
  run(task: Task): Promise<unknown> {
    if (this.closed) return Promise.reject(poolClosed())
    const { mostWaiting, mostOfOne } = this.options
    if (this.queue.size >= mostWaiting || this.queue.waitingFor(task.person) >= mostOfOne) {
      this.counts.refused++
      return Promise.reject(new AppError("work:busy"))
    }
    const { signal } = task
    if (signal?.aborted) return Promise.reject(tooMuch("cancelled"))
    return new Promise((resolve, reject) => {
      const job: Job = { ...task, resolve, reject, since: performance.now() }
      this.queue.push(job)
      signal?.addEventListener("abort", () => this.cancel(job), { once: true })
      this.advance()
    })
  }

  private cancel(job: Job): void {
    const thread = [...this.threads].find((one) => one.job === job)
    if (thread) void this.end(thread, tooMuch("cancelled"), "closed")
    else if (this.queue.remove(job)) job.reject(tooMuch("cancelled"))
  }

  stats(): PoolStats {
    const { running } = this
    const stopped = Object.values(this.stoppedBy).reduce((sum, count) => sum + count)
    const { counts, queue, stoppedBy, threads } = this
    return { ...counts, stopped, stoppedBy: { ...stoppedBy }, threads: threads.size, running, waiting: queue.size }
  }

  /** Ends all threads. What runs, waits, or comes later is refused. */
  async close(): Promise<void> {
    this.closed = true
    for (let job = this.queue.take(() => true); job; job = this.queue.take(() => true)) job.reject(poolClosed())
    await Promise.all([...this.threads].map((thread) => this.end(thread, poolClosed(), "closed")))
  }

  /** Gives what waits to threads that are free, or to new ones. */
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

  /** Ends the threads that nobody uses now. */
  shed(): void {
    for (const thread of this.threads) if (!thread.job) void this.end(thread, tooMuch("idle"), "closed")
  }

  private next(): Job | undefined {
    return this.queue.take((person) => this.mayRun(person))
  }

  /** It has its part of the budget, from now on or still. */
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

  /** One thread is always left for the others. */
  private mayRun(person: string): boolean {
    const own = [...this.threads].filter(({ job }) => job?.person === person).length
    return own < Math.max(1, this.options.threads - 1)
  }

  private async start(thread: Thread, job: Job): Promise<void> {
    try {
      const file = await this.options.file()
      // The pool was closed meanwhile: nobody would end the thread.
      if (!this.threads.has(thread)) return
      const worker = (this.options.processes ? ownProcess : workerThread)(file, this.options.memoryMb, {
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
        () => void this.end(thread, tooMuch(OF_PROCESS), "memory"),
      )
    }
    try {
      worker.send({ name: job.name, args: job.args })
    } catch (error) {
      // What can't be sent to a thread.
      this.finish(thread, { error: { message: String(error) } })
    }
  }

  private limit(thread: Thread, { name }: Job, ms: number, left: () => number = () => 0): void {
    clearTimeout(thread.timer)
    const look = () => {
      const more = left()
      if (more > 0) thread.timer = setTimeout(look, more)
      else void this.end(thread, tooMuch(`${name}: not done in ${ms} ms`), "time")
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
    if (this.isSpent(thread)) return void this.end(thread, tooMuch("spent"), "closed")
    thread.timer = setTimeout(() => void this.end(thread, tooMuch("idle"), "closed"), this.options.idleMs).unref()
    // A process keeps what it took until it ends, or for the next task of its pool.
    if (!this.options.processes) this.giveBack(thread)
    this.advance()
  }

  /** It holds what others wait for. */
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

/** Milliseconds that a task which begins now may still work, each time that it is asked. */
function timeLeft(ms: number, clock: string | undefined): () => number {
  const latest = performance.now() + ms * MOST_STARVED
  const began = processorMs(clock)
  return () => {
    const now = processorMs(clock)
    if (began === null || now === null || performance.now() > latest) return 0
    return Math.ceil(ms - (now - began))
  }
}
