/** How long a thread has actually worked: on a busy machine, much less than the elapsed time. */
import { readFileSync, readlinkSync } from "node:fs"
import { isMainThread } from "node:worker_threads"

/**
 * Where the system reports the CPU time of the calling thread; for a separate process, that of all its threads.
 * Undefined if it doesn't (not Linux).
 */
export function ownClock(): string | undefined {
  try {
    if (isMainThread) return readFileSync(`/proc/${process.pid}/stat`) && `/proc/${process.pid}/stat`
    return `/proc/${readlinkSync("/proc/thread-self")}/schedstat`
  } catch {
    return undefined
  }
}

/** CPU time in milliseconds, or null if the thread has ended or the system doesn't report it. */
export function processorMs(clock: string | undefined): number | null {
  if (!clock) return null
  try {
    const told = readFileSync(clock, "utf8")
    if (clock.endsWith("schedstat")) return Number(told.split(" ")[0]) / 1e6
    // The fields after the name, which may contain anything: user and system time in ticks of a hundredth of a second.
    const [user, system] = told
      .slice(told.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13)
    return (Number(user) + Number(system)) * 10
  } catch {
    return null
  }
}
