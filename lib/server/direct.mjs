/** The other side of lib/http/direct.ts: calls a route without Next.js in between. */
import { drained } from "../drained.mjs"

/** As lib/singleton.ts keeps values for the whole process. */
const routes = new Map()
Reflect.set(globalThis, Symbol.for("sparkler.directRoutes"), { value: routes })

const BODYLESS = ["GET", "HEAD"]

/** Answers when one of the direct routes is asked. False when it is for Next.js to answer. */
export function answerDirectly(request, response) {
  const handler = routes.get(`${request.method} ${request.url}`)
  if (!handler) return false
  answer(handler, request, response).catch((error) => {
    // The route's own door has answered what it throws: this is a fault on the way, unless the reader has left.
    if (!response.destroyed) console.error(`${request.method} ${request.url} failed: ${error.message}`)
    response.destroy()
  })
  return true
}

async function answer(handler, request, response) {
  const abort = new AbortController()
  response.on("close", () => abort.abort())
  const headers = new Headers()
  for (const [name, values] of Object.entries(request.headers))
    for (const value of Array.isArray(values) ? values : [values]) headers.append(name, value)
  const { method } = request
  const body = BODYLESS.includes(method) ? {} : { body: bodyOf(request), duplex: "half" }
  // The host is a visitor's word: routes read the path of this address, nothing else.
  const url = new URL(request.url, "http://localhost")
  const answered = await handler(new Request(url, { method, headers, signal: abort.signal, ...body }))
  response.statusCode = answered.status
  for (const [name, value] of answered.headers)
    if (name === "set-cookie") response.appendHeader(name, value)
    else response.setHeader(name, value)
  if (!answered.body) return void response.end()
  for await (const piece of answered.body) if (!response.write(piece)) await drained(response)
  response.end()
}

/** Read as it is asked for. What is not read is thrown away: a connection that is cut would lose the answer. */
function bodyOf(request) {
  let pieces
  return new ReadableStream(
    {
      pull: async (controller) => {
        pieces ??= request.iterator({ destroyOnReturn: false })
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await pieces?.return()
        request.resume()
      },
    },
    { highWaterMark: 0 },
  )
}
