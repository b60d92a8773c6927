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
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

const sleepFor = (ms: number, signal: AbortSignal | undefined) => wait(ms, undefined, { signal })

/** `fetch` that asks again with growing waits while the model server sheds load; honours `retry-after`. */
export function retryingFetch(fetchUpstream: typeof fetch, { sleep = sleepFor }: Options = {}): typeof fetch {
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    for (let attempt = 1; ; attempt++) {
      const { response, error } = await attemptOnce(fetchUpstream, input, init)
      const tries = !response || response.status === 500 ? FAULT_TRIES : SHED.has(response.status) ? SHED_TRIES : 1
      const ms = waitOf(response, attempt)
      if (attempt >= tries || ms > LONGEST_WAIT_MS || signal?.aborted) {
        if (response) return response
        throw error
      }
      await response?.body?.cancel()
      await sleep(ms, signal)
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
