/** Connections through a proxy: a `CONNECT` tunnel for https (RFC 9110, 9.3.6), absolute URLs for http. */
import http from "node:http"
import https from "node:https"
import type { Duplex } from "node:stream"
import { urlToHttpOptions } from "node:url"
import { AppError } from "@/lib/http/errors"

/** Timeout for the proxy's response. */
const CONNECT_MS = 30_000

/** The credentials in the proxy's URL, as a header. */
export function proxyHeaders({ username, password }: URL): Record<string, string> {
  if (username === "") return {}
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  return { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }
}

/** The error for a proxy's refusal: an `AppError` if a retry can't help. */
export function proxyRefusal(proxy: URL, status: number): Error {
  if (status === 407) return new AppError("upstream:proxy/password", { values: { host: proxy.host } })
  if (status >= 400 && status < 500)
    return new AppError("upstream:proxy/refused", { values: { host: proxy.host, status: String(status) } })
  return new TypeError("fetch failed", { cause: new Error(`The proxy at ${proxy.host} responded with ${status}.`) })
}

/** Connection options for the proxy. */
export const proxyOptions = (proxy: URL) => {
  const { protocol, hostname, port } = urlToHttpOptions(proxy)
  return { protocol, hostname, port }
}

/**
 * A connection to `target` (`host:port`) through the proxy. Rejects with the proxy's refusal, or the connection error.
 */
export function connectThrough(proxy: URL, target: string, trusted: https.AgentOptions): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const secure = proxy.protocol === "https:"
    const request = (secure ? https : http).request({
      ...(secure ? trusted : {}),
      ...proxyOptions(proxy),
      method: "CONNECT",
      path: target,
      headers: { host: target, ...proxyHeaders(proxy) },
      agent: false,
      timeout: CONNECT_MS,
    })
    request.once("connect", ({ statusCode = 0 }, socket, head) => {
      if (statusCode < 200 || statusCode >= 300) {
        socket.destroy()
        return reject(proxyRefusal(proxy, statusCode))
      }
      socket.setTimeout(0)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.once("timeout", () => request.destroy(new Error(`The proxy at ${proxy.host} didn't respond.`)))
    request.once("error", reject)
    request.end()
  })
}

/** Reuses connections to servers behind a proxy, like `https.Agent` does. */
export class TunnelAgent extends https.Agent {
  constructor(
    private readonly proxy: URL,
    private readonly trusted: https.AgentOptions,
  ) {
    super({ ...trusted, keepAlive: true })
  }

  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const host = options.host?.includes(":") ? `[${options.host}]` : options.host
    const done = (error: Error | null, stream?: Duplex) =>
      Reflect.apply(callback ?? (() => {}), undefined, [error, stream])
    connectThrough(this.proxy, `${host}:${options.port}`, this.trusted)
      .then((socket) => super.createConnection(Object.assign({}, options, { socket })))
      .then((stream) => done(null, stream ?? undefined), done)
    return undefined
  }
}
