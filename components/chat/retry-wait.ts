const FIRST_MS = 250
const LONGEST_MS = 10_000
/** Share of a wait that is left to chance, so that many clients don't come back at once. */
const SPREAD = 0.2

/** Milliseconds before retry number `attempt` (from 0): 250, 500, 1000 … 10,000, less up to a fifth. */
export function waitFor(attempt: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (1 - SPREAD * chance)
}

/**
 * Waits before retry number `attempt`; shorter when the network comes back or the page is looked at again.
 * Rejects when `signal` aborts.
 */
export function retryWait(attempt: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (action: () => void) => {
      clearTimeout(timer)
      globalThis.removeEventListener?.("online", wake)
      globalThis.document?.removeEventListener("visibilitychange", wakeWhenVisible)
      signal.removeEventListener("abort", abort)
      action()
    }
    const wake = () => settle(resolve)
    const wakeWhenVisible = () => {
      if (document.visibilityState === "visible") wake()
    }
    const abort = () => settle(() => reject(signal.reason))
    const timer = setTimeout(wake, waitFor(attempt))
    if (signal.aborted) return abort()
    globalThis.addEventListener?.("online", wake)
    globalThis.document?.addEventListener("visibilitychange", wakeWhenVisible)
    signal.addEventListener("abort", abort)
  })
}
