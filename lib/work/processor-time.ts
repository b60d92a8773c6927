/** How long a thread has really worked: on a busy machine that is much less than the time that has passed. */
import { readFileSync, readlinkSync } from "node:fs"

/** Where the system tells the processor time of the calling thread. Undefined where it doesn't (not Linux). */
export function ownClock(): string | undefined {
  try {
    return `/proc/${readlinkSync("/proc/thread-self")}/schedstat`
  } catch {
    return undefined
  }
}

/** Milliseconds of processor time, or null when the thread has ended or the system doesn't tell. */
export function processorMs(clock: string | undefined): number | null {
  if (!clock) return null
  try {
    return Number(readFileSync(clock, "utf8").split(" ")[0]) / 1e6
  } catch {
    return null
  }
}
