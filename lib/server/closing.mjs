/**
 * Graceful shutdown of a server while others take over: no new connections, no aborted requests. lib/server/retire.ts
 * is the counterpart.
 */
import net from "node:net"

/**
 * Milliseconds that a keep-alive connection gets for one more request, whose response closes it: closing it at once
 * would break a request in flight.
 */
const GRACE_MS = 5_000

export function createClosing(graceMs = GRACE_MS) {
  const state = {
    requests: 0,
    connections: 0,
    closedAt: 0,
    close: () => {},
    /** Whether there are no open requests, and probably no more to come. */
    quiet: () =>
      state.requests === 0 &&
      state.closedAt > 0 &&
      (state.connections === 0 || performance.now() - state.closedAt > graceMs),
  }
  // In the same form as lib/singleton.ts stores process-wide values.
  Reflect.set(globalThis, Symbol.for("sparkler.closing"), { value: state })
  return {
    state,
    /** Counts a response until it ends; event streams, which may last, only until they start. */
    watch(response) {
      if (state.closedAt > 0) response.shouldKeepAlive = false
      state.requests++
      let counted = true
      const done = () => {
        if (counted) state.requests--
        counted = false
      }
      response.once("close", done)
      const { writeHead } = response
      response.writeHead = (...args) => {
        const result = writeHead.apply(response, args)
        if (String(response.getHeader("content-type")).startsWith("text/event-stream")) done()
        return result
      }
    },
    /** Makes `close` shut down this server. */
    over(server) {
      server.on("connection", (socket) => {
        state.connections++
        socket.once("close", () => state.connections--)
      })
      state.close = () => {
        if (state.closedAt > 0) return
        state.closedAt = performance.now()
        // Not http's own, which cuts keep-alive connections.
        net.Server.prototype.close.call(server)
      }
    },
  }
}
