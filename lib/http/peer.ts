/** Where a request comes from, as the server process (lib/server/peer.mjs) saw it at its socket. */
import { singleton } from "@/lib/singleton"

interface Peer {
  /** The socket's peer: the proxy if there is one. */
  address: string
  /** There is an intermediary between the browser and this process. */
  forwarded: boolean
}

/** Null if the request didn't come through our server process (`next dev`), or the header is forged. */
export function peerOf(headers: Headers): Peer | null {
  const [secret, way, address] = headers.get("x-sparkler-peer")?.split(" ") ?? []
  if (!address || !secret || secret !== singleton<string | null>("peer", () => null)) return null
  return { address, forwarded: way !== "direct" }
}

/**
 * The client's address. Each trusted proxy adds one entry to `x-forwarded-for`; earlier entries are set by the client
 * and can't be trusted. "" if unknown.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const direct = peerOf(headers)?.address ?? ""
  if (trustedProxies === 0) return direct
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").flatMap((entry) => entry.trim() || [])
  return entries.at(-trustedProxies) ?? entries[0] ?? direct
}

/**
 * Whether the user is on this machine: the connection is local, without intermediaries, and the page was opened by a
 * loopback name. The name matters: another site's name can resolve to this machine (DNS rebinding). If `APP_URL` is
 * set, people come another way.
 */
export function isLocalUser(headers: Headers, appUrl: string | undefined): boolean {
  const peer = peerOf(headers)
  if (!peer || peer.forwarded || !/^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(peer.address)) return false
  if (appUrl && !isLoopback(new URL(appUrl).hostname)) return false
  const host = `http://${headers.get("host") ?? ""}`
  return URL.canParse(host) && isLoopback(new URL(host).hostname)
}

/** A name that always refers to this machine. */
const isLoopback = (hostname: string) => /^(localhost|[^.]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
