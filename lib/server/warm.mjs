/** Before the first visitor comes: what a page needs is loaded and has run once. */
import { once } from "node:events"
import { request as ask, createServer } from "node:http"

/** Milliseconds: a model server that does not tell its models must not hold up the start. */
const MOST_MS = 1_000

/**
 * The page, and the route that nobody should wait for: loading it takes longer than stopping. Both as nobody: the page as
 * a browser that fetches ahead, the stop without a session, which is refused.
 */
const ASKED = [
  { method: "GET", path: "/", headers: { "sec-purpose": "prefetch" } },
  { method: "POST", path: "/api/chat/00000000-0000-7000-8000-000000000000/stop", headers: {} },
]

/**
 * Asks for them one after the other; nobody comes of it. Never throws.
 * @param {import("node:http").RequestListener} listener
 */
export async function warm(listener, mostMs = MOST_MS) {
  const server = createServer(listener)
  try {
    // Of its own: workers would share it, and warm each other.
    server.listen({ port: 0, host: "127.0.0.1", exclusive: true })
    await once(server, "listening")
    const { port } = server.address()
    const signal = AbortSignal.timeout(mostMs)
    for (const asked of ASKED) await answered({ ...asked, port, host: "127.0.0.1", signal })
  } catch {
    // Who comes first waits a little.
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

async function answered(options) {
  const request = ask(options)
  // Also what is thrown away when the time is up.
  request.on("error", () => {})
  request.end()
  const [response] = await once(request, "response", options)
  response.on("error", () => {})
  await once(response.resume(), "end", options)
}
