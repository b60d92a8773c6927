/** What time it is at the server, by which conversations are dated: the clock of this machine may be a day ahead. */
import { Store } from "@/components/base/store"

/** Milliseconds that a clock may differ without a correction: an answer takes a while, and its date has whole seconds. */
const ALIKE_MS = 30_000

const ahead = new Store(0)

export const serverClock = {
  /** Milliseconds since 1970. */
  now: (): number => Date.now() - ahead.get(),
  subscribe: ahead.subscribe,
  /** The server has just said what time it is; nonsense (NaN) says nothing. */
  learn: (time: number): void => {
    if (Number.isNaN(time)) return
    const difference = Date.now() - time
    const next = Math.abs(difference) < ALIKE_MS ? 0 : difference
    if (Math.abs(next - ahead.get()) >= ALIKE_MS) ahead.set(next)
  },
}
