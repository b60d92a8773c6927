/** The server's time, which conversations are dated by: this machine's clock may be a day off. */
import { Store } from "@/components/base/store"

/** Clock difference in milliseconds that is tolerated: a response takes time, and its date has whole seconds. */
const ALIKE_MS = 30_000

const ahead = new Store(0)

export const serverClock = {
  /** Milliseconds since 1970. */
  now: (): number => Date.now() - ahead.get(),
  subscribe: ahead.subscribe,
  /** Updates the offset with the server's current time; NaN is ignored. */
  learn: (time: number): void => {
    if (Number.isNaN(time)) return
    const difference = Date.now() - time
    const next = Math.abs(difference) < ALIKE_MS ? 0 : difference
    if (Math.abs(next - ahead.get()) >= ALIKE_MS) ahead.set(next)
  },
}
