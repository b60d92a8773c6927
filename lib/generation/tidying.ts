/**
 * Gives memory back when it is quiet: V8 keeps the garbage of many answers for as long as nothing new is asked for. It takes
 * some 100 ms of the process, so it is done once, when nobody waits for an answer.
 */

/** Beats without a running answer, by when the logs of those that ran are gone. */
export const QUIET_BEATS = 10

/** What to call at each beat with the number of running answers. `collect` is there with `--expose-gc` only. */
export function createTidying(collect: (() => unknown) | undefined = globalThis.gc): (running: number) => void {
  // What the start has left behind goes, too.
  let untidy = true
  let quiet = 0
  return (running) => {
    quiet = running > 0 ? 0 : quiet + 1
    untidy ||= running > 0
    if (!untidy || quiet < QUIET_BEATS) return
    untidy = false
    collect?.()
  }
}
