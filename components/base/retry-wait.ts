import { isFinal } from "@/components/base/api"

const FIRST_MS = 250
const LONGEST_MS = 10_000
/** Random share of a delay, so that many clients don't return at once. */
const SPREAD = 0.2
/** Attempts (about four minutes) after which retries stop until the user interacts with the page. */
const MAX_TRIES = 30

/** Milliseconds before retry number `attempt` (from 0): 250, 500, 1000 … 10,000, minus up to a fifth. */
export function waitFor(attempt: number, chance = Math.random()): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt) * (1 - SPREAD * chance)
}

/**
 * Waits before retry number `attempt`; ends early when the network returns or the page becomes visible again. From the
 * thirtieth on, only these or user interaction end it. Rejects when `signal` aborts.
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
      () => (attempt < MAX_TRIES ? wake() : wakeOn("focus", "pointerdown", "keydown")),
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
  /** The delay before retry number `attempt`, from 0. */
  wait?: (attempt: number, signal: AbortSignal) => Promise<void>
}

/**
 * Retries `work` with growing delays until it succeeds. Throws when the server refuses permanently, or when aborted.
 */
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
