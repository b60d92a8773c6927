/** Trying again before the first token: which statuses, how often, how long to wait (fireworks-api.md, “Errors”). */
import { setTimeout as wait } from "node:timers/promises"

/** Statuses that waiting can mend. */
const SHED = new Set([408, 429, 502, 503, 504, 520])
const SHED_TRIES = 3
/** A server fault is asked once more; so is a connection that could not be made. */
const FAULT_TRIES = 2
const FIRST_WAIT_MS = 400
/** A server that asks for more patience than this is not waited for. */
const LONGEST_WAIT_MS = 20_000

interface Options {
  /** Milliseconds in which a server has to begin its answer: the SDK's own limit counts from there only. */
  headersMs?: number
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

const sleepFor = (ms: number, signal: AbortSignal | undefined) => wait(ms, undefined, { signal })

/** `fetch` that asks again with growing waits while the model server sheds load; honours `retry-after`. */
export function retryingFetch(fetchUpstream: typeof fetch, options: Options = {}): typeof fetch {
  const { sleep = sleepFor, headersMs } = options
  const fetchInTime = headersMs === undefined ? fetchUpstream : within(headersMs, fetchUpstream)
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    for (let attempt = 1; ; attempt++) {
      const { response, error } = await attemptOnce(fetchInTime, input, init)
      const tries = !response || response.status === 500 ? FAULT_TRIES : SHED.has(response.status) ? SHED_TRIES : 1
      const ms = waitOf(response, attempt)
      // Who was waited for to the limit is not waited for again.
      if (attempt >= tries || ms > LONGEST_WAIT_MS || signal?.aborted || isTimeout(error)) {
        if (response) return response
        throw error
      }
      await response?.body?.cancel()
      await sleep(ms, signal)
    }
  }
}

const isTimeout = (error: unknown) => error instanceof Error && error.name === "TimeoutError"

/** `fetch` that gives up with a `TimeoutError` when no answer begins within `ms`. */
function within(ms: number, fetchUpstream: typeof fetch): typeof fetch {
  return async (input, init) => {
    const { signal: outer } = init ?? {}
    const abort = new AbortController()
    // By hand: what `AbortSignal.any` makes can be collected on Node 20 while the body is still read.
    if (outer?.aborted) abort.abort(outer.reason)
    outer?.addEventListener("abort", () => abort.abort(outer.reason), { once: true })
    const timer = setTimeout(() => abort.abort(new DOMException(`timeout of ${ms}ms exceeded`, "TimeoutError")), ms)
    try {
      return await fetchUpstream(input, { ...init, signal: abort.signal })
    } finally {
      clearTimeout(timer)
    }
  }
}

async function attemptOnce(
  fetchUpstream: typeof fetch,
  ...args: Parameters<typeof fetch>
): Promise<{ response?: Response; error?: unknown }> {
  try {
    return { response: await fetchUpstream(...args) }
  } catch (error) {
    return { error }
  }
}

/** Milliseconds: what the server asks for, else twice as long each time. */
function waitOf(response: Response | undefined, attempt: number): number {
  const asked = response?.headers.get("retry-after")
  if (asked) {
    const seconds = Number(asked)
    const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(asked) - Date.now()
    if (ms >= 0) return ms
  }
  return FIRST_WAIT_MS * 2 ** (attempt - 1)
}
