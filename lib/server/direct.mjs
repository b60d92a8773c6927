/** The counterpart of lib/http/direct.ts: calls a route without going through Next.js. */
import { drained } from "../drained.mjs"

/** In the same form as lib/singleton.ts stores process-wide values. */
const routes = new Map()
Reflect.set(globalThis, Symbol.for("sparkler.directRoutes"), { value: routes })

const BODYLESS = ["GET", "HEAD"]

/** Handles requests to direct routes. Returns false if Next.js should handle the request. */
export function handleDirectRoute(request, response) {
  const handler = routes.get(`${request.method} ${request.url}`)
  if (!handler) return false
  answer(handler, request, response).catch((error) => {
    // The route wrapper has already handled its own errors: this is a transport error, unless the client disconnected.
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
  // The Host header isn't trusted: routes read only the path of this URL.
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

/** Read on demand. The unread rest is drained: cutting the connection would lose the response. */
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
