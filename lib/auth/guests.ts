/** How many guests may begin from one address. Sessions are cheap to make, so limits by person would bound nothing. */
import { isIPv6 } from "node:net"
import { config } from "@/lib/config"
import { clientAddress } from "@/lib/http/peer"
import { singleton } from "@/lib/singleton"

const HOUR_MS = 3_600_000
/** Addresses that are remembered; the one that was quiet longest goes first. */
const MOST_ADDRESSES = 20_000

interface Bucket {
  left: number
  at: number
}

/** Takes one guest from the address's hourly share; false when none is left. `now` in milliseconds. */
export function mayBeginGuest(headers: Headers, now = Date.now()): boolean {
  const { limits, trustedProxies } = config()
  const most = limits.newGuestsPerHour
  const buckets = singleton("guestBuckets", () => new Map<string, Bucket>())
  const key = networkOf(clientAddress(headers, trustedProxies))
  const { left, at } = buckets.get(key) ?? { left: most, at: now }
  const filled = Math.min(most, left + ((now - at) / HOUR_MS) * most)
  // Again at the end of the map: first in it is who was quiet longest.
  buckets.delete(key)
  buckets.set(key, { left: filled >= 1 ? filled - 1 : filled, at: now })
  for (const oldest of buckets.keys()) {
    if (buckets.size <= MOST_ADDRESSES) break
    buckets.delete(oldest)
  }
  return filled >= 1
}

/** An IPv4 address, or the /64 network of an IPv6 one: a customer has that many of them. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  if (!isIPv6(address)) return address
  const [head = "", tail] = address.toLowerCase().split("%")[0]?.split("::") ?? []
  const left = head ? head.split(":") : []
  const right = tail ? tail.split(":") : []
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => "0")
  const groups = [...left, ...zeros, ...right].slice(0, 4)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(":")}::/64`
}
