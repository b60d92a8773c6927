/** Where a request comes from, as the server's process (lib/server/peer.mjs) saw it at its socket. */
import { singleton } from "@/lib/singleton"

interface Peer {
  /** Of the socket: a proxy's own where there is one. */
  address: string
  /** Something stands between the browser and this process. */
  forwarded: boolean
}

/** Null where no process of ours took the request in (`next dev`), or somebody made the header up. */
export function peerOf(headers: Headers): Peer | null {
  const [secret, way, address] = headers.get("x-sparkler-peer")?.split(" ") ?? []
  if (!address || !secret || secret !== singleton<string | null>("peer", () => null)) return null
  return { address, forwarded: way !== "direct" }
}

/**
 * The address of who asks. Each trusted proxy adds one entry to `x-forwarded-for`; what stands before those is the
 * client's own word. "" where it is not known.
 */
export function clientAddress(headers: Headers, trustedProxies: number): string {
  const direct = peerOf(headers)?.address ?? ""
  if (trustedProxies === 0) return direct
  const entries = (headers.get("x-forwarded-for") ?? "").split(",").flatMap((entry) => entry.trim() || [])
  return entries.at(-trustedProxies) ?? entries[0] ?? direct
}

/**
 * Whether who asks sits at this machine: the socket is its own, nothing stands between, and the page was opened by one of its
 * own names. The name matters: a page elsewhere can have its own name point here (DNS rebinding). An `APP_URL` says that
 * people come by another way.
 */
export function sitsHere(headers: Headers, appUrl: string | undefined): boolean {
  const peer = peerOf(headers)
  if (!peer || peer.forwarded || !/^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(peer.address)) return false
  if (appUrl && !isLoopback(new URL(appUrl).hostname)) return false
  const host = `http://${headers.get("host") ?? ""}`
  return URL.canParse(host) && isLoopback(new URL(host).hostname)
}

/** A name that always means this machine. */
const isLoopback = (hostname: string) => /^(localhost|[^.]+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)
