/** Trying again before the first token: which statuses, how often, how long to wait (fireworks-api.md, “Errors”). */
import { setTimeout as wait } from "node:timers/promises"
import { triesOf } from "@/lib/ai/upstream/upstream-faults"
import { AppError } from "@/lib/http/errors"
import { countAttempt } from "@/lib/observe/meters"
import { inSpan, traceparent } from "@/lib/observe/trace"

/** A connection that could not be made is tried once more. */
const FAULT_TRIES = 2
/** Bytes of a refusal that are read. */
const MOST_BYTES = 100_000
const FIRST_WAIT_MS = 400
/** A server that asks for more patience than this is not waited for. */
const LONGEST_WAIT_MS = 20_000

interface Options {
  sleep?: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

const sleepFor = (ms: number, signal: AbortSignal | undefined) => wait(ms, undefined, { signal })

/** `fetch` that asks again with growing waits while the model server sheds load; honors `retry-after`. */
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
      // Who was waited for to the limit is not waited for again.
      if (attempt >= tries || ms > LONGEST_WAIT_MS || signal?.aborted || isFinal(error)) {
        if (response) return response
        throw error
      }
      await sleep(ms, signal)
    }
  }
}

/** A model server is told the trace only where the settings say so. */
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
 * `fetch` that gives up with a `TimeoutError` when no answer begins within `ms`: the SDK's own limit counts from there
 * only.
 */
export function within(ms: number, fetchUpstream: typeof fetch): typeof fetch {
  return async (input, init) => {
    const { signal: outer } = init ?? {}
    const abort = new AbortController()
    // By hand: what `AbortSignal.any` makes can be collected on Node 20 while the body is still read.
    if (outer?.aborted) abort.abort(outer.reason)
    const pass = () => abort.abort(outer?.reason)
    outer?.addEventListener("abort", pass, { once: true })
    const timer = setTimeout(() => abort.abort(new DOMException(`timeout of ${ms}ms exceeded`, "TimeoutError")), ms)
    try {
      const response = await fetchUpstream(input, { ...init, signal: abort.signal })
      if (response.ok) return response
      // Read while the clock runs; who is asked again and again must not gather listeners.
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
  /** What a refusal says; "" for an answer. */
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

/** A refusal with its words, of which no more is read than a person could be told; it can be read again. */
export async function readRefusal(response: Response): Promise<{ response: Response; body: string }> {
  const decoder = new TextDecoder()
  let body = ""
  let size = 0
  try {
    for await (const piece of response.body ?? []) {
      body += decoder.decode(piece, { stream: true })
      size += piece.byteLength
      if (size > MOST_BYTES) break
    }
  } catch {
    // The status says what the lost rest of the words would have said.
  }
  const { status, statusText, headers } = response
  const kept = new Headers(headers)
  // What was read is decoded.
  for (const name of ["content-encoding", "content-length", "transfer-encoding"]) kept.delete(name)
  const bodyless = status === 204 || status === 205 || status === 304
  return { body, response: new Response(bodyless ? null : body, { status, statusText, headers: kept }) }
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
