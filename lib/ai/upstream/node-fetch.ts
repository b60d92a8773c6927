/**
 * `fetch` over node:http, for answers that are read token by token: the built-in one passes each piece of a body
 * through two web streams, at several promises per token.
 */
import type http from "node:http"
import { redirected } from "@/lib/ai/upstream/upstream-errors"
import { AppError } from "@/lib/http/errors"
import { BODYLESS, decoded, headersOf, isRedirect, NodeResponse } from "@/lib/http/outgoing/response"
import { proxyRefusal } from "@/lib/http/outgoing/tunnel"
import { type Connection, requestRoute } from "@/lib/http/outgoing/ways"

/**
 * Sends a request to a server from the settings, through the proxy configured for it. Redirects are refused with
 * `upstream:redirected`, or returned if `redirect` is `manual`: a conversation is only sent to the configured host.
 */
export const nodeFetch: typeof fetch = (input, init = {}) => ask(input, init, "kept")

/**
 * The same with a new connection per request: a reused one may be closed by the server at the moment of use, and a
 * request that must not be sent twice can't be retried then.
 */
export const freshConnectionFetch: typeof fetch = (input, init = {}) => ask(input, init, "fresh")

async function ask(input: RequestInfo | URL, init: RequestInit, connection: Connection): Promise<Response> {
  const { url, method, headers, body, signal, redirect } = await questionOf(input, init)
  signal?.throwIfAborted()
  const incoming = await send(url, { method, headers, body, signal }, connection)
  const status = incoming.statusCode ?? 0
  if (isRedirect(status) && redirect !== "manual") {
    incoming.destroy()
    throw redirected(url, incoming.headers.location ?? null)
  }
  const answer = { status, statusText: incoming.statusMessage, headers: headersOf(incoming) }
  if (!BODYLESS.has(status)) return new NodeResponse(decoded(incoming), answer)
  incoming.resume()
  return new Response(null, answer)
}

interface Question {
  method: string
  headers: Headers
  body: string | Uint8Array | null
  signal: AbortSignal | undefined
}

/** What `fetch` would send. Anything but a string is read to its end first, so that its length is known. */
async function questionOf(
  input: RequestInfo | URL,
  init: RequestInit,
): Promise<Question & { url: string; redirect?: string }> {
  const { method = "GET", headers, body = null, signal, redirect } = init
  if (!(input instanceof Request) && (body === null || typeof body === "string"))
    return { url: String(input), method, headers: new Headers(headers), body, signal: signal ?? undefined, redirect }
  const request = new Request(input, init)
  return {
    url: request.url,
    method: request.method,
    headers: new Headers(request.headers),
    body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
    signal: request.signal,
    redirect: request.redirect,
  }
}

/** Resolves with the response head. Rejects like the built-in `fetch`: with the abort reason, or a `TypeError`. */
function send(
  address: string,
  { method, headers, body, signal }: Question,
  connection: Connection,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const way = requestRoute(new URL(address), connection)
    if (body !== null) headers.set("content-length", String(Buffer.byteLength(body)))
    const request = way.request({
      ...way.options,
      method,
      headers: { accept: "*/*", ...Object.fromEntries(headers), ...way.headers },
    })
    let answer: http.IncomingMessage | undefined
    const abort = () => {
      answer?.destroy(reasonOf(signal))
      request.destroy(reasonOf(signal))
      // A request without a connection emits no error.
      reject(reasonOf(signal))
    }
    signal?.addEventListener("abort", abort)
    request.once("close", () => signal?.removeEventListener("abort", abort))
    request.on("error", (error) => reject(signal?.aborted ? reasonOf(signal) : failure(error)))
    request.on("response", (incoming) => {
      answer = incoming
      if (way.proxy === null || incoming.statusCode !== 407) return resolve(incoming)
      incoming.destroy()
      reject(proxyRefusal(way.proxy, incoming.statusCode))
    })
    request.end(body)
  })
}

/** Errors of a proxy are passed through. */
const failure = (error: Error) =>
  error instanceof AppError || error.message === "fetch failed"
    ? error
    : new TypeError("fetch failed", { cause: error })

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new DOMException("This operation was aborted", "AbortError")
}
