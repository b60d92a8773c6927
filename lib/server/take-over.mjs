/** The counterpart of lib/http/hand-over.ts: lets a route's writer write the body of its response. */
const HEADER = "x-sparkler-writer"

/** In the same form as lib/singleton.ts stores process-wide values. */
const desk = { open: true, writers: new Map(), count: 0 }
Reflect.set(globalThis, Symbol.for("sparkler.handOver"), { value: desk })

/** When Next.js ends a response that names a writer, the writer continues it. */
export function takeOver(response) {
  const { end, writeHead } = response
  let writer
  // Next.js writes its headers before it ends: the writer's name must not be sent to the client.
  response.writeHead = (...args) => {
    const id = response.getHeader(HEADER)
    if (id !== undefined) {
      // Next.js stores a header as an array of one.
      writer = desk.writers.get(String(id)) ?? fail
      desk.writers.delete(String(id))
      response.removeHeader(HEADER)
    }
    return writeHead.apply(response, args)
  }
  response.end = (...args) => {
    response.end = end
    if (!response.headersSent) response.writeHead(response.statusCode)
    if (!writer) return end.apply(response, args)
    // A HEAD request would wait endlessly for the end of the body.
    if (response.req.method === "HEAD") {
      writer(CLOSED)()
      return end.apply(response, args)
    }
    write(response, writer)
    return response
  }
}

const fail = (sink) => {
  sink.fail(new Error("no writer for this response"))
  return () => {}
}

/**
 * Writes that are sent immediately. Node batches writes until the promises of the current turn are done, which is good
 * for a fast answer (twice the tokens per second) and bad for the first words of any (a millisecond or two).
 */
const AT_ONCE = 4

function write(response, writer) {
  if (response.destroyed) return writer(CLOSED)()
  response.flushHeaders()
  let room = () => {}
  let writes = 0
  response.on("drain", () => {
    const callback = room
    room = () => {}
    callback()
  })
  const left = writer({
    write: (text) => {
      if (response.destroyed) return true
      const hasRoom = response.write(text)
      if (++writes <= AT_ONCE) response.socket?.uncork()
      return hasRoom
    },
    onRoom: (callback) => {
      room = callback
    },
    end: () => response.end(),
    fail: (error) => response.destroy(error instanceof Error ? error : new Error(String(error))),
  })
  response.on("close", left)
}

const CLOSED = { write: () => true, onRoom: () => {}, end: () => {}, fail: () => {} }
