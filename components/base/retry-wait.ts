import { isFinal } from "@/components/base/api"

const FIRST_MS = 250
const LONGEST_MS = 10_000
/** Share of a wait that is left to chance, so that many clients don't come back at once. */
const SPREAD = 0.2
/** Tries (about four minutes) after which nothing is asked any more until somebody uses the page. */
const MOST_TRIES = 30

/** Milliseconds before retry number `attempt` (from 0): 250, 500, 1000 … 10,000, less up to a fifth. */
export function waitFor(attempt: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (1 - SPREAD * chance)
}

/**
 * Waits before retry number `attempt`; shorter when the network comes back or the page is looked at again. From the
 * thirtieth on it ends by these only, or when somebody uses the page. Rejects when `signal` aborts.
 */
export function retryWait(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const listening = new AbortController()
    const settle = (action: () => void) => {
      clearTimeout(timer)
      listening.abort()
      action()
    }
    const wake = () => settle(resolve)
    const wakeOn = (...types: string[]) => {
      for (const type of types) globalThis.addEventListener?.(type, wake, { signal: listening.signal })
    }
    const wakeWhenVisible = () => {
      if (document.visibilityState === "visible") wake()
    }
    const timer = setTimeout(
      () => (attempt < MOST_TRIES ? wake() : wakeOn("focus", "pointerdown", "keydown")),
      waitFor(attempt),
    )
    const abort = () => settle(() => reject(signal.reason))
    if (signal.aborted) return abort()
    wakeOn("online")
    globalThis.document?.addEventListener("visibilitychange", wakeWhenVisible, { signal: listening.signal })
    signal.addEventListener("abort", abort, { signal: listening.signal })
  })
}

interface Repeating {
  signal: AbortSignal
  /** The wait before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/** Does `work` again, with growing waits, until it succeeds. Throws what the server refuses for good, and when aborted. */
export async function repeat<T>(work: () => Promise<T>, { signal, wait = retryWait }: Repeating): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (isFinal(error)) throw error
    }
    await wait(attempt, signal)
  }
}
