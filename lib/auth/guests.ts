/** Limits new guests per network address. Sessions are cheap to create, so per-user limits would not bound anything. */
import { isIPv6 } from "node:net"
import { config } from "@/lib/config"
import { clientAddress } from "@/lib/http/peer"
import { take } from "@/lib/throttle/buckets"
import { HOUR_MS } from "@/lib/throttle/count-times"

/** Uses up one guest of the address's hourly allowance; false if none is left. `now` in milliseconds. */
export async function takeGuestAllowance(headers: Headers, now = Date.now()): Promise<boolean> {
  const { limits, trustedProxies } = config()
  const bucket = { most: limits.newGuestsPerHour, perMs: HOUR_MS }
  return (await take("guests", networkOf(clientAddress(headers, trustedProxies)), bucket, now)) === 0
}

/** An IPv4 address, or the /64 network of an IPv6 address: a customer gets that many of them. */
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
