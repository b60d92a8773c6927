import { setTimeout as wait } from "node:timers/promises"

/** Maximum pause in milliseconds after a piece of work. */
const LONGEST_REST_MS = 50

/**
 * Runs a piece of an export, then pauses for as long as it took, so that half of this process's time is left for
 * everything else.
 */
export async function paced<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    await wait(Math.min(performance.now() - began, LONGEST_REST_MS))
  }
}
