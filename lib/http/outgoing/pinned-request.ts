/** A single request to a checked destination: to those addresses, on a connection of its own. */
import http from "node:http"
import https from "node:https"
import { isIP } from "node:net"
import tls from "node:tls"
import { AppError } from "@/lib/http/errors"
import { hostOf } from "@/lib/http/outgoing/addresses"
import { trust } from "@/lib/http/outgoing/certificates"
import type { Destination } from "@/lib/http/outgoing/destination"
import type { Address, Network } from "@/lib/http/outgoing/network"
import { proxyRefusal } from "@/lib/http/outgoing/tunnel"
import { requestRoute } from "@/lib/http/outgoing/ways"

interface Question {
  method: string
  headers: Record<string, string>
  body: string | Uint8Array | undefined
}

/** Resolves with the response headers. Rejects with `fetch:failed`, or the abort reason. */
export function sendTo(
  { url, addresses }: Destination,
  { method, headers, body }: Question,
  signal: AbortSignal,
  network: Network,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const way = addresses === null ? requestRoute(url) : pinnedWay(url, addresses, network)
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) }
    const request = way.request({ ...way.options, method, headers: { ...headers, ...length, ...way.headers } })
    const abort = () => {
      request.destroy()
      reject(signal.reason)
    }
    signal.addEventListener("abort", abort, { once: true })
    const over = () => signal.removeEventListener("abort", abort)
    const fail = (cause: unknown) => {
      over()
      reject(signal.aborted ? signal.reason : new AppError("fetch:failed", { values: { host: url.host }, cause }))
    }
    request.on("error", fail)
    request.on("upgrade", (_, socket) => {
      socket.destroy()
      fail(new Error("unexpected protocol upgrade"))
    })
    request.on("response", (incoming) => {
      over()
      if (way.proxy === null || incoming.statusCode !== 407) return resolve(incoming)
      incoming.destroy()
      reject(proxyRefusal(way.proxy, 407))
    })
    request.end(body)
  })
}

/** Connects directly to the addresses, whatever the name resolves to by now. The connection is used once. */
function pinnedWay(url: URL, addresses: Address[], network: Network): ReturnType<typeof requestRoute> {
  const host = hostOf(url)
  const secure = url.protocol === "https:"
  const port = Number(url.port || (secure ? 443 : 80))
  const secureContext = trust()
  const connect = () => {
    const plain = network.connect(addresses, port)
    if (!secure) return plain
    const encrypted = tls.connect({
      socket: plain,
      host,
      servername: isIP(host) ? "" : host,
      secureContext,
      ALPNProtocols: ["http/1.1"],
    })
    // TLS sockets don't report errors of the underlying socket.
    plain.on("error", (error) => encrypted.destroy(error))
    return encrypted
  }
  return {
    request: secure ? https.request : http.request,
    options: {
      host,
      port,
      path: url.pathname + url.search,
      // Without an agent, which would open its own connections.
      createConnection: connect,
    },
    headers: { host: url.host, connection: "close" },
    proxy: null,
  }
}
