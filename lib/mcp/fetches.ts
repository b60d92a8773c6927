/** How MCP servers are requested: the operator's like any configured server, a user's through the guarded fetch. */
import type { FetchLike } from "@modelcontextprotocol/client"
import { freshConnectionFetch } from "@/lib/ai/upstream/node-fetch"
import { config } from "@/lib/config"
import { guardedFetch } from "@/lib/http/outgoing/guarded-fetch"
import type { Server } from "@/lib/mcp/servers"
import { isListed } from "@/lib/proxy"

const MAX_BYTES = 30_000_000
/** Timeouts in milliseconds: until the server responds, and until the end of a stream, which is then reopened. */
const HEAD_MS = 30_000
const TOTAL_MS = 900_000

/** The fetch for all requests of this server, including those to its OAuth server. */
export function fetchFor({ own }: Pick<Server, "own">): FetchLike {
  return async (address, init = {}) => {
    const url = new URL(address)
    if (!own || isListed(url, config().mcpAllowedHosts))
      return bounded(await freshConnectionFetch(url, { ...init, redirect: "manual" }))
    const { method, headers, body, signal } = init
    return guardedFetch(
      url,
      {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body: body === undefined || body === null ? undefined : textOf(body),
        signal: signal ?? undefined,
      },
      // Redirects are not followed: a call is meant for one server.
      { maxBytes: MAX_BYTES, headMs: HEAD_MS, totalMs: TOTAL_MS, redirects: 0 },
    )
  }
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body
  if (body instanceof URLSearchParams) return body.toString()
  throw new TypeError("MCP request bodies must be text")
}

/** The same response, failing with an error if it is too long. */
function bounded(response: Response): Response {
  if (!response.body) return response
  let bytes = 0
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(piece, controller) {
      bytes += piece.byteLength
      if (bytes > MAX_BYTES) controller.error(new TypeError("too_large"))
      else controller.enqueue(piece)
    },
  })
  return new Response(response.body.pipeThrough(limit), response)
}
