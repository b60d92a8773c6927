/** An HTTP proxy in front of the app that refuses selected requests and counts them. */
import { request as ask, createServer } from "node:http"
import type { AddressInfo } from "node:net"

interface RefusingProxy {
  url: string
  /** The status with which to refuse a request (`PATCH /api/…`); undefined: it is forwarded. */
  refuse: (line: string) => number | undefined
  /** Refused requests, in order. */
  refused: string[]
  /** All requests to the API. */
  seen: string[]
  /** Drops the cookies that the app sets. */
  withoutCookies: boolean
  close(): Promise<void>
}

export async function startRefusingProxy(target: string): Promise<RefusingProxy> {
  const { hostname, port } = new URL(target)
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`
    if (request.url?.startsWith("/api/")) proxy.seen.push(line)
    const status = proxy.refuse(line)
    if (status !== undefined) {
      proxy.refused.push(line)
      const body = JSON.stringify({ error: { code: "test:refused", message: `Refused with ${status}.` } })
      response.writeHead(status, { "content-type": "application/json" }).end(body)
      return
    }
    const { method, url: path, headers } = request
    const onward = ask({ hostname, port, method, path, headers }, (answer) => {
      const { "set-cookie": cookies, ...rest } = answer.headers
      const kept = cookies && !proxy.withoutCookies ? { ...rest, "set-cookie": cookies } : rest
      response.writeHead(answer.statusCode ?? 502, kept)
      answer.pipe(response)
      response.on("close", () => answer.destroy())
    })
    onward.on("error", () => response.destroy())
    request.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  const proxy: RefusingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    refuse: () => undefined,
    refused: [],
    seen: [],
    withoutCookies: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return proxy
}
