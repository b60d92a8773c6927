/**
 * `fetch` over node:http, for answers that are read token by token: the built-in one hands each piece of a body through
 * two web streams, at several promises a token.
 */
import http from "node:http"
import https from "node:https"
import type { Readable, Transform } from "node:stream"
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib"
import { redirected } from "@/lib/ai/upstream/upstream-errors"
import { singleton } from "@/lib/singleton"

/** A response whose bytes can be read without a web stream, by who knows of it. Its `body` is read only when asked for. */
export class NodeResponse extends Response {
  constructor(
    readonly source: Readable,
    init: ResponseInit,
  ) {
    super(lazyBody(source), init)
  }
}

const BODYLESS = new Set([204, 205, 304])

/**
 * Asks an address for text with a text; what has another body is the built-in `fetch`'s. Redirects are refused with
 * `upstream:redirected`: a conversation goes to the host that was named, and to no other.
 */
export const nodeFetch: typeof fetch = async (input, init = {}) => {
  const { body = null, signal } = init
  if (typeof input !== "string" || !(body === null || typeof body === "string")) return builtIn(input, init)
  signal?.throwIfAborted()
  const incoming = await send(input, init.method ?? "GET", new Headers(init.headers), body, signal ?? undefined)
  const status = incoming.statusCode ?? 0
  if (isRedirect(status)) {
    incoming.destroy()
    throw redirected(input, incoming.headers.location ?? null)
  }
  const answer = { status, statusText: incoming.statusMessage, headers: headersOf(incoming) }
  if (!BODYLESS.has(status)) return new NodeResponse(decoded(incoming), answer)
  incoming.resume()
  return new Response(null, answer)
}

const isRedirect = (status: number) => status >= 300 && status < 400 && status !== 304

const builtIn: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: "manual" })
  if (!isRedirect(response.status)) return response
  await response.body?.cancel()
  throw redirected(input instanceof Request ? input.url : String(input), response.headers.get("location"))
}

/** Connections are kept, like the built-in `fetch` does. */
const agents = () =>
  singleton("upstreamAgents", () => ({
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  }))

/** Resolves with the head of the answer. Rejects as the built-in `fetch` does: with what aborted it, or a `TypeError`. */
function send(
  address: string,
  method: string,
  headers: Headers,
  body: string | null,
  signal: AbortSignal | undefined,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const url = new URL(address)
    const ours = url.protocol === "https:" ? https : http
    if (body !== null) headers.set("content-length", String(Buffer.byteLength(body)))
    const request = ours.request(url, {
      method,
      agent: agents()[url.protocol === "https:" ? "https:" : "http:"],
      headers: { accept: "*/*", ...Object.fromEntries(headers) },
    })
    let answer: http.IncomingMessage | undefined
    const abort = () => {
      answer?.destroy(reasonOf(signal))
      request.destroy(reasonOf(signal))
    }
    signal?.addEventListener("abort", abort)
    request.once("close", () => signal?.removeEventListener("abort", abort))
    request.on("error", (error) =>
      reject(signal?.aborted ? reasonOf(signal) : new TypeError("fetch failed", { cause: error })),
    )
    request.on("response", (incoming) => {
      answer = incoming
      resolve(incoming)
    })
    request.end(body)
  })
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason
  return reason instanceof Error ? reason : new DOMException("This operation was aborted", "AbortError")
}

function headersOf({ headersDistinct }: http.IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct))
    for (const value of values) headers.append(name, value)
  return headers
}

const DECODERS = new Map<string, () => Transform>([
  ["gzip", createGunzip],
  ["x-gzip", createGunzip],
  ["deflate", createInflate],
  ["br", createBrotliDecompress],
])

/** Nothing compressed is asked for; a server that compresses all the same is understood. */
function decoded(incoming: http.IncomingMessage): Readable {
  const decoder = DECODERS.get(incoming.headers["content-encoding"]?.toLowerCase() ?? "")?.()
  if (!decoder) return incoming
  incoming.on("error", (error) => decoder.destroy(error))
  decoder.on("close", () => incoming.destroy())
  return incoming.pipe(decoder)
}

/** A web stream that leaves the bytes alone until somebody reads it. */
function lazyBody(bytes: Readable): ReadableStream<Uint8Array> {
  let iterator: AsyncIterator<Uint8Array> | undefined
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        iterator ??= bytes[Symbol.asyncIterator]()
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void bytes.destroy(),
    },
    { highWaterMark: 0 },
  )
}
