import { runInNewContext } from "node:vm"

/** The work took longer than it may. */
export class TimeLimitError extends Error {
  override name = "TimeLimitError"
}

/**
 * Runs synchronous work for at most `milliseconds`, then breaks it off: what a person hands in (a schema of which
 * each level doubles the work) must not hold up everybody else. Throws `TimeLimitError`, or what the work throws.
 */
export function withinTime<T>(milliseconds: number, work: () => T): T {
  const results: T[] = []
  try {
    // Only a script can be given a time limit; the context is there to hand the work over, not to confine it.
    runInNewContext("work()", { work: () => results.push(work()) }, { timeout: milliseconds })
  } catch (cause) {
    // The error is made in the script's context, so it is no `Error` of ours.
    if (typeof cause === "object" && cause !== null && Reflect.get(cause, "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT")
      throw new TimeLimitError(`not done after ${milliseconds} ms`, { cause })
    throw cause
  }
  const [result] = results
  if (result === undefined) throw new Error("the work gave no result")
  return result
}
