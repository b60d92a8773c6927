/** Before the first visitor comes: what a page needs is loaded and has run once. */
import { once } from "node:events"
import { createServer, get } from "node:http"

/** Milliseconds: a model server that does not tell its models must not hold up the start. */
const MOST_MS = 1_000

/**
 * Asks for the page, as a browser that fetches ahead: nobody comes of it. Never throws.
 * @param {import("node:http").RequestListener} listener
 */
export async function warm(listener, mostMs = MOST_MS) {
  const server = createServer(listener)
  try {
    server.listen(0, "127.0.0.1")
    await once(server, "listening")
    const { port } = server.address()
    const signal = AbortSignal.timeout(mostMs)
    const request = get({ port, host: "127.0.0.1", path: "/", headers: { "sec-purpose": "prefetch" }, signal })
    // Also what is thrown away when the time is up.
    request.on("error", () => {})
    const [response] = await once(request, "response", { signal })
    response.on("error", () => {})
    await once(response.resume(), "end", { signal })
  } catch {
    // Who comes first waits a little.
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
