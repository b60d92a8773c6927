/** Who can open a link, judging by its host. */

/** `here`: only this computer; `network`: the same network; `anyone`: no limit, judging by the host. */
export type Reach = "here" | "network" | "anyone"

const NETWORK_NAMES = /\.(local|lan|internal|intranet|home|test|home\.arpa|ts\.net)$/

/** `hostname` as in `URL`: lowercase, IPv6 in brackets. */
export function reachOf(hostname: string): Reach {
  const name = hostname.replace(/\.$/, "")
  if (name === "localhost" || name.endsWith(".localhost")) return "here"
  if (name.startsWith("[")) return ofIpv6(name.slice(1, -1))
  if (/^\d+(\.\d+){3}$/.test(name)) return ofIpv4(name)
  return !name.includes(".") || NETWORK_NAMES.test(name) ? "network" : "anyone"
}

function ofIpv4(address: string): Reach {
  const [first = 0, second = 0] = address.split(".").map(Number)
  if (first === 127 || first === 0) return "here"
  const own =
    first === 10 ||
    (first === 192 && second === 168) ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 169 && second === 254) ||
    // Carrier-grade NAT, and private networks over the internet (RFC 6598).
    (first === 100 && second >= 64 && second < 128)
  return own ? "network" : "anyone"
}

function ofIpv6(address: string): Reach {
  if (address === "::1" || address === "::") return "here"
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(address)
  if (mapped) {
    const [high, low] = [Number.parseInt(mapped[1] ?? "", 16), Number.parseInt(mapped[2] ?? "", 16)]
    return ofIpv4([high >> 8, high & 255, low >> 8, low & 255].join("."))
  }
  return /^f[cd]|^fe[89ab]/.test(address) ? "network" : "anyone"
}
