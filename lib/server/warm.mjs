/** Warm-up before the first visitor: loads what a page needs, and runs it once. */
import { once } from "node:events"
import { request as ask, createServer } from "node:http"

/** Milliseconds: a model server that doesn't list its models must not delay the start. */
const MAX_MS = 1_000

/**
 * The page, and the route that must respond fastest: loading it takes longer than stopping. Both without a session: the
 * page like a prefetching browser, the stop request to be rejected.
 */
const ASKED = [
  { method: "GET", path: "/", headers: { "sec-purpose": "prefetch" } },
  { method: "POST", path: "/api/chat/00000000-0000-7000-8000-000000000000/stop", headers: {} },
]

/**
 * Requests them one by one, without creating a guest. Never throws.
 * @param {import("node:http").RequestListener} listener
 */
export async function warm(listener, mostMs = MAX_MS) {
  const server = createServer(listener)
  try {
    // Exclusive: workers would share the port, and warm each other.
    server.listen({ port: 0, host: "127.0.0.1", exclusive: true })
    await once(server, "listening")
    const { port } = server.address()
    const signal = AbortSignal.timeout(mostMs)
    for (const asked of ASKED) await answered({ ...asked, port, host: "127.0.0.1", signal })
  } catch {
    // Without warm-up, the first visitor waits a little.
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function answered(options) {
  const request = ask(options)
  // Also for requests aborted when the time is up.
  request.on("error", () => {})
  request.end()
  const [response] = await once(request, "response", options)
  response.on("error", () => {})
  await once(response.resume(), "end", options)
}
