/** The other side of lib/http/peer.ts: tells the routes, which see no socket, where a request comes from. */
import { randomBytes } from "node:crypto"

const HEADER = "x-sparkler-peer"

/** Known to this process only, so that nobody else can write the header. Kept as lib/singleton.ts keeps values. */
const secret = randomBytes(16).toString("base64url")
Reflect.set(globalThis, Symbol.for("sparkler.peer"), { value: secret })

/** What proxies, tunnels and content networks add; a browser that asks directly sends none of it. */
const FORWARDED =
  /^(forwarded|via|cdn-loop)$|^x-(forwarded|real|client|cluster|original|envoy|amz|azure|arr|proxy)|client-ip$|^(cf|fly|fastly|tailscale|ngrok)-/

/** Before anybody else sees the request. */
export function markPeer(request) {
  const { headers, socket, httpVersion } = request
  // No browser speaks 1.0, and nginx does unless it is told otherwise.
  const forwarded = httpVersion === "1.0" || Object.keys(headers).some((name) => FORWARDED.test(name))
  headers[HEADER] = `${secret} ${forwarded ? "forwarded" : "direct"} ${socket.remoteAddress ?? ""}`
}
