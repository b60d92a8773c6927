/** The other side of lib/http/hand-over.ts: lets what a route has handed over write the body of its response. */
const HEADER = "x-sparkler-writer"

/** As lib/singleton.ts keeps values for the whole process. */
const desk = { open: true, writers: new Map(), count: 0 }
Reflect.set(globalThis, Symbol.for("sparkler.handOver"), { value: desk })

/** When Next.js ends a response that names a writer, the writer goes on with it. */
export function takeOver(response) {
  const { end, writeHead } = response
  let writer
  // Next.js has its headers written before it ends: the name of the writer is nobody else's business.
  response.writeHead = (...args) => {
    const id = response.getHeader(HEADER)
    if (id !== undefined) {
      // As Next.js keeps a header: a list of one.
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
    // Who asks for the head only would wait for the end of a body for ever.
    if (response.req.method === "HEAD") {
      writer(CLOSED)()
      return end.apply(response, args)
    }
    write(response, writer)
    return response
  }
}

const fail = (sink) => {
  sink.fail(new Error("nothing writes this response"))
  return () => {}
}

/**
 * Writes that leave at once. Node gathers what is written until the promises of this turn are done, which is good for a
 * fast answer (twice the tokens a second) and bad for the first words of any (a millisecond or two).
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
