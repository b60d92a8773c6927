/**
 * Frees memory when idle: V8 keeps the garbage of many answers as long as nothing new is allocated. A collection blocks
 * the process for about 100 ms, so it runs once, when nobody waits for an answer.
 */

/** Beats without a running answer, after which the logs of finished ones are gone. */
export const IDLE_BEATS = 10

/**
 * Returns a function to call at each beat with the number of running answers. `collect` only exists with `--expose-gc`.
 */
export function createIdleCleanup(collect: (() => unknown) | undefined = globalThis.gc): (running: number) => void {
  // Starts true, to collect the garbage of startup too.
  let untidy = true
  let quiet = 0
  return (running) => {
    quiet = running > 0 ? 0 : quiet + 1
    untidy ||= running > 0
    if (!untidy || quiet < IDLE_BEATS) return
    untidy = false
    collect?.()
  }
}
