/**
 * The counterpart of lib/http/peer.ts: tells the routes, which have no access to the socket, where a request comes
 * from.
 */
import { randomBytes } from "node:crypto"

const HEADER = "x-sparkler-peer"

/**
 * Known only to this process, so that nobody else can forge the header. In the same form as lib/singleton.ts stores
 * values.
 */
const secret = randomBytes(16).toString("base64url")
Reflect.set(globalThis, Symbol.for("sparkler.peer"), { value: secret })

/** Headers added by proxies, tunnels, and CDNs; a browser connecting directly sends none of them. */
const FORWARDED =
  /^(forwarded|via|cdn-loop)$|^x-(forwarded|real|client|cluster|original|envoy|amz|azure|arr|proxy)|client-ip$|^(cf|fly|fastly|tailscale|ngrok)-/

/** Must run before anything else sees the request. */
export function markPeer(request) {
  const { headers, socket, httpVersion } = request
  // No browser speaks HTTP/1.0, but nginx does by default.
  const forwarded = httpVersion === "1.0" || Object.keys(headers).some((name) => FORWARDED.test(name))
  headers[HEADER] = `${secret} ${forwarded ? "forwarded" : "direct"} ${socket.remoteAddress ?? ""}`
}
