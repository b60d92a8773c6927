/** What time it is at the server, by which conversations are dated: the clock of this machine may be a day ahead. */

/** Milliseconds that a clock may differ without a correction: an answer takes a while, and its date has whole seconds. */
const ALIKE_MS = 30_000

let ahead = 0
const listeners = new Set<() => void>()

export const serverClock = {
  /** Milliseconds since 1970. */
  now: (): number => Date.now() - ahead,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  /** The server has just said what time it is; nonsense (NaN) says nothing. */
  learn: (time: number): void => {
    if (Number.isNaN(time)) return
    const difference = Date.now() - time
    const next = Math.abs(difference) < ALIKE_MS ? 0 : difference
    if (Math.abs(next - ahead) < ALIKE_MS) return
    ahead = next
    for (const listener of listeners) listener()
  },
}
