/**
 * The end of a server that others go on for: no new connections, no request cut. lib/server/retire.ts is the other side.
 */
import net from "node:net"

/**
 * Milliseconds that a connection which is kept open gets for one more request, whose response closes it: closed at once, it
 * would break a request that is on its way.
 */
const GRACE_MS = 5_000

export function createClosing(graceMs = GRACE_MS) {
  const state = {
    requests: 0,
    connections: 0,
    closedAt: 0,
    close: () => {},
    /** Nothing is asked here any more, and nobody is likely to. */
    quiet: () =>
      state.requests === 0 &&
      state.closedAt > 0 &&
      (state.connections === 0 || performance.now() - state.closedAt > graceMs),
  }
  // As lib/singleton.ts keeps values for the whole process.
  Reflect.set(globalThis, Symbol.for("sparkler.closing"), { value: state })
  return {
    state,
    /** Counts a response until it has ended; streams of events, which may last, only until they have begun. */
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
    /** From now on `close` ends this server. */
    over(server) {
      server.on("connection", (socket) => {
        state.connections++
        socket.once("close", () => state.connections--)
      })
      state.close = () => {
        if (state.closedAt > 0) return
        state.closedAt = performance.now()
        // Not http's own, which cuts connections that are kept open.
        net.Server.prototype.close.call(server)
      }
    },
  }
}
