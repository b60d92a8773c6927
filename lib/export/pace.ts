import { setTimeout as wait } from "node:timers/promises"

/** Milliseconds that are rested at most after one piece of work. */
const LONGEST_REST_MS = 50

/** Does a piece of an export, and rests as long as it took: half of this process's time is everybody else's. */
export async function paced<T>(work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  try {
    return await work()
  } finally {
    await wait(Math.min(performance.now() - began, LONGEST_REST_MS))
  }
}
