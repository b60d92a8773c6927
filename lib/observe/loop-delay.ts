import { setTimeout as wait } from "node:timers/promises"
import { singleton } from "@/lib/singleton"

const EVERY_MS = 20
/** Milliseconds of lateness that are nothing: a turn of honest work. */
const BEHIND_MS = 10
/** Milliseconds that text gathers at most, and that is waited between two looks. */
const LONGEST_GATHERING_MS = 40
const LONGEST_MS = 100
/** What of a lateness counts in the next measurement, so that one quiet moment is not the end of it. */
const MEMORY = 0.8

/** How late the event loop of this process is, measured every 20 ms. */
function monitor() {
  return singleton("loopDelay", () => {
    const state = { lateMs: 0 }
    let due = performance.now() + EVERY_MS
    setInterval(() => {
      const now = performance.now()
      state.lateMs = Math.max(now - due, state.lateMs * MEMORY)
      due = now + EVERY_MS
    }, EVERY_MS).unref()
    return state
  })
}

/**
 * Milliseconds to let text gather before it is worked on: none while the process keeps up, as long as it is late (at
 * most 40: they come on top of its lateness) while it does not. At 30 tokens a second a fixed window would double the gap
 * between two of them.
 */
export function gatheringMs(): number {
  const { lateMs } = monitor()
  return lateMs > BEHIND_MS ? Math.min(lateMs, LONGEST_GATHERING_MS) : 0
}

/** Resolves when this process keeps up with its work, at the latest after `mostMs`. */
export async function untilKeepingUp(mostMs: number): Promise<void> {
  const until = performance.now() + mostMs
  while (gatheringMs() > 0 && performance.now() < until) await wait(LONGEST_MS)
}
