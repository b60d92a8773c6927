/** How long a thread has really worked: on a busy machine that is much less than the time that has passed. */
import { readFileSync, readlinkSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

/**
 * Where the system tells the processor time of the calling thread; of a process of its own, that of all its threads.
 * Undefined where it doesn't (not Linux).
 */
export function ownClock(): string | undefined {
  try {
    if (isMainThread) return readFileSync(`/proc/${process.pid}/stat`) && `/proc/${process.pid}/stat`
    return `/proc/${readlinkSync("/proc/thread-self")}/schedstat`
  } catch {
    return undefined
  }
}

/** Milliseconds of processor time, or null when the thread has ended or the system doesn't tell. */
export function processorMs(clock: string | undefined): number | null {
  if (!clock) return null
  try {
    const told = readFileSync(clock, "utf8")
    if (clock.endsWith("schedstat")) return Number(told.split(" ")[0]) / 1e6
    // Behind the name, which may hold anything: ticks of a hundredth of a second in programs, and in the system for them.
    const [user, system] = told
      .slice(told.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
    return (Number(user) + Number(system)) * 10
  } catch {
    return null
  }
}
