/** Retries before the first token: which statuses, how often, how long to wait (fireworks-api.md, “Errors”). */
import { setTimeout as wait } from "node:timers/promises"
import { triesOf } from "@/lib/ai/upstream/upstream-faults"
import { AppError } from "@/lib/http/errors"
import { countAttempt } from "@/lib/observe/meters"
import { inSpan, traceparent } from "@/lib/observe/trace"

/** A failed connection is retried once. */
const FAULT_TRIES = 2
/** Bytes of a refusal that are read. */
const MAX_BYTES = 100_000
const FIRST_WAIT_MS = 400
/** If a server asks to wait longer than this, the request isn't retried. */
const LONGEST_WAIT_MS = 20_000

interface Options {
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

const sleepFor = (ms: number, signal: AbortSignal | undefined) => wait(ms, undefined, { signal })

/** `fetch` that retries with growing delays while the model server sheds load; honors `retry-after`. */
export function retryingFetch(fetchUpstream: typeof fetch, options: Options = {}): typeof fetch {
  const { sleep = sleepFor } = options
  return async (input, init) => {
    const signal = init?.signal ?? undefined
    for (let attempt = 1; ; attempt++) {
      const { response, error, body } = await inSpan("model request", { "sparkler.attempt": attempt }, async (set) => {
        const answer = await attemptOnce(fetchUpstream, input, traced(init))
        set({ "http.response.status_code": answer.response?.status ?? 0 })
        return answer
      })
      const tries = response ? triesOf(response.status, body) : FAULT_TRIES
      const ms = waitOf(response, attempt)
      // A request that timed out is not retried.
      if (attempt >= tries || ms > LONGEST_WAIT_MS || signal?.aborted || isFinal(error)) {
        if (response) return response
        throw error
      }
      await sleep(ms, signal)
    }
  }
}

/** Trace headers are only sent if the settings say so. */
function traced(init: RequestInit | undefined): RequestInit | undefined {
  const parent = traceparent()
  if (parent === null) return init
  const headers = new Headers(init?.headers)
  headers.set("traceparent", parent)
  return { ...init, headers }
}

const isFinal = (error: unknown) =>
  error instanceof AppError || (error instanceof Error && error.name === "TimeoutError")

/**
 * `fetch` that fails with a `TimeoutError` if no response starts within `ms`; the SDK's own limit only starts there.
 */
export function within(ms: number, fetchUpstream: typeof fetch): typeof fetch {
  return async (input, init) => {
    const { signal: outer } = init ?? {}
    const abort = new AbortController()
    // Not with `AbortSignal.any`: on Node 20 its signal can be garbage-collected while the body is still being read.
    if (outer?.aborted) abort.abort(outer.reason)
    const pass = () => abort.abort(outer?.reason)
    outer?.addEventListener("abort", pass, { once: true })
    const timer = setTimeout(() => abort.abort(new DOMException(`timeout of ${ms}ms exceeded`, "TimeoutError")), ms)
    try {
      const response = await fetchUpstream(input, { ...init, signal: abort.signal })
      if (response.ok) return response
      // Read within the time limit; and a request that is often repeated must not accumulate listeners.
      const { response: refusal } = await readRefusal(response)
      outer?.removeEventListener("abort", pass)
      return refusal
    } finally {
      clearTimeout(timer)
    }
  }
}

interface Attempt {
  response?: Response
  /** Body of a refusal; "" for an answer. */
  body: string
  error?: unknown
}

async function attemptOnce(fetchUpstream: typeof fetch, ...args: Parameters<typeof fetch>): Promise<Attempt> {
  try {
    const response = await fetchUpstream(...args)
    countAttempt(response.status)
    return response.ok ? { response, body: "" } : await readRefusal(response)
  } catch (error) {
    countAttempt(null)
    return { error, body: "" }
  }
}

/** A refusal and its body, of which no more is read than a user could be shown; the response can be read again. */
export async function readRefusal(response: Response): Promise<{ response: Response; body: string }> {
  const decoder = new TextDecoder()
  let body = ""
  let size = 0
  try {
    for await (const piece of response.body ?? []) {
      body += decoder.decode(piece, { stream: true })
      size += piece.byteLength
      if (size > MAX_BYTES) break
    }
  } catch {
    // The status is enough without the lost rest of the body.
  }
  const { status, statusText, headers } = response
  const kept = new Headers(headers)
  // The body is already decoded.
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) kept.delete(name)
  const bodyless = status === 204 || status === 205 || status === 304
  return { body, response: new Response(bodyless ? null : body, { status, statusText, headers: kept }) }
}

/** Milliseconds: what the server asks for, or doubled each time. */
function waitOf(response: Response | undefined, attempt: number): number {
  const asked = response?.headers.get("retry-after")
  if (asked) {
    const seconds = Number(asked)
    const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(asked) - Date.now()
    if (ms >= 0) return ms
  }
  return FIRST_WAIT_MS * 2 ** (attempt - 1)
}
