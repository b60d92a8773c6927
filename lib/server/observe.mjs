/**
 * Runs before each request: sets its ID, its route, and its watchers (lib/request-context.ts, lib/observe/requests.ts).
 */
import { AsyncLocalStorage } from "node:async_hooks"
import { randomBytes } from "node:crypto"

/** In the same form as lib/singleton.ts stores process-wide values. */
function singleton(name, make) {
  const key = Symbol.for(`sparkler.${name}`)
  const value = Reflect.get(globalThis, key)?.value ?? make()
  Reflect.set(globalThis, key, { value })
  return value
}

const HEADER = "x-request-id"
/** Request IDs accepted from a proxy: nginx's 32 hex digits, UUIDs, and the formats of load balancers. */
const NAMED = /^[\w.:=-]{8,128}$/

const storage = singleton("requestContext", () => new AsyncLocalStorage())
/** Watches registered at startup; each may return a function to call at the end. */
const watches = singleton("requestWatches", () => [])

/** Event emitted by a response when its headers are written. */
const HEAD_WRITTEN = "sparkler:head"

function tellHead(response) {
  const { writeHead } = response
  response.writeHead = (...args) => {
    const result = writeHead.apply(response, args)
    response.emit(HEAD_WRITTEN)
    return result
  }
}

/** The proxy's ID if there is a trusted proxy, else a new one. */
function idOf({ headers }, trustsProxy) {
  const given = headers[HEADER]
  return trustsProxy && typeof given === "string" && NAMED.test(given) ? given : randomBytes(8).toString("hex")
}

/**
 * Wraps a listener. `routeOf`: the route pattern of a path. `trustsProxy`: accept request IDs and traces of clients.
 * @param {(url: string) => string} routeOf
 */
export function observed(listener, routeOf, trustsProxy) {
  return (request, response) => {
    const requestId = idOf(request, trustsProxy)
    const context = { requestId, route: routeOf(request.url) }
    response.setHeader(HEADER, requestId)
    if (!trustsProxy) delete request.headers.traceparent
    if (watches.length > 0) tellHead(response)
    storage.run(context, () => {
      for (const watch of watches) watch(request, response, context)
      listener(request, response)
    })
  }
}
