/** The other side of lib/http/hand-over.ts: lets what a route has handed over write the body of its response. */
const HEADER = "x-sparkler-writer"

/** As lib/singleton.ts keeps values for the whole process. */
const desk = { open: true, writers: new Map(), count: 0 }
Reflect.set(globalThis, Symbol.for("sparkler.handOver"), { value: desk })

/** When Next.js ends a response that names a writer, the writer goes on with it. */
export function takeOver(response) {
  const end = response.end
  response.end = (...args) => {
    response.end = end
    const id = response.getHeader(HEADER)
    if (id === undefined || response.headersSent) return response.end(...args)
    response.removeHeader(HEADER)
    const writer = desk.writers.get(id)
    desk.writers.delete(id)
    if (writer) write(response, writer)
    else response.destroy(new Error("nothing writes this response"))
    return response
  }
}

function write(response, writer) {
  if (response.destroyed) return writer(CLOSED)()
  response.flushHeaders()
  let room = () => {}
  response.on("drain", () => {
    const callback = room
    room = () => {}
    callback()
  })
  const left = writer({
    write: (text) => response.destroyed || response.write(text),
    onRoom: (callback) => {
      room = callback
    },
    end: () => response.end(),
    fail: (error) => response.destroy(error instanceof Error ? error : new Error(String(error))),
  })
  response.on("close", left)
}

const CLOSED = { write: () => true, onRoom: () => {}, end: () => {}, fail: () => {} }
