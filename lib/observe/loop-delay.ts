import { setTimeout as wait } from "node:timers/promises"
import { singleton } from "@/lib/singleton"

const EVERY_MS = 20
/** Milliseconds of delay that don't count: a normal event-loop turn. */
const BEHIND_MS = 10
/** Maximum milliseconds to batch text, and the interval between two checks. */
const LONGEST_GATHERING_MS = 40
const LONGEST_MS = 100
/** How much of a delay carries over to the next measurement, so that one quiet moment doesn't reset it. */
const MEMORY = 0.8

/** Measures the delay of this process's event loop every 20 ms. */
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
 * Milliseconds to batch text before processing it: none while the process keeps up, otherwise as long as it is late (at
 * most 40, since they add to the delay). At 30 tokens a second, a fixed window would double the gap between two tokens.
 */
export function batchDelayMs(): number {
  const { lateMs } = monitor()
  return lateMs > BEHIND_MS ? Math.min(lateMs, LONGEST_GATHERING_MS) : 0
}

/** Resolves when this process keeps up with its work, or after `mostMs`. */
export async function waitUntilCaughtUp(mostMs: number): Promise<void> {
  const until = performance.now() + mostMs
  while (batchDelayMs() > 0 && performance.now() < until) await wait(LONGEST_MS)
}
