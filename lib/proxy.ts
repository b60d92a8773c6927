/** Selects the proxy for a request by the common variables `HTTPS_PROXY`, `HTTP_PROXY`, and `NO_PROXY`. */
import { BlockList, isIP } from "node:net"

export interface Proxies {
  /** For `https:` URLs. Absolute, with user and password if given. */
  https: string | undefined
  /** For `http:` URLs. */
  http: string | undefined
  /** Entries of `NO_PROXY`, in lowercase. */
  except: string[]
}

/** Sends requests to this machine through the proxy, too, as in Chrome's bypass list. */
const LOOPBACK_TOO = "<-loopback>"

/** The full URL of a proxy; null if it is invalid. Without a scheme it is `http:`, as in curl. */
export function proxyAddress(value: string): string | null {
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  if (!URL.canParse(address)) return null
  const url = new URL(address)
  return /^https?:$/.test(url.protocol) && namesServerOnly(url) && canDecode(url) ? url.href : null
}

const namesServerOnly = ({ hostname, pathname, search, hash }: URL) =>
  hostname !== "" && pathname === "/" && search === "" && hash === ""

function canDecode({ username, password }: URL): boolean {
  try {
    return typeof decodeURIComponent(username + password) === "string"
  } catch {
    return false
  }
}

export const exceptionsIn = (value: string | undefined): string[] =>
  (value ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)

/** The proxy for a URL, or null for a direct connection. */
export function proxyFor(url: URL, { https, http, except }: Proxies): string | null {
  const proxy = url.protocol === "https:" ? https : http
  if (!proxy) return null
  const host = hostOf(url.hostname)
  if (isThisMachine(host) && !except.includes(LOOPBACK_TOO)) return null
  const port = url.port || (url.protocol === "https:" ? "443" : "80")
  return except.some((entry) => matches(entry, host, port)) ? null : proxy
}

/** Whether a URL matches a list in the format of `NO_PROXY`. */
export function isListed(url: URL, list: string[]): boolean {
  const port = url.port || (url.protocol === "https:" ? "443" : "80")
  return list.some((entry) => matches(entry, hostOf(url.hostname), port))
}

/** Without brackets and the trailing dot of a fully qualified name. */
const hostOf = (hostname: string) => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "")

const loopback = new BlockList()
loopback.addSubnet("127.0.0.0", 8)
loopback.addAddress("::1", "ipv6")

const isThisMachine = (host: string) => host === "localhost" || host.endsWith(".localhost") || isIn(loopback, host)

const familyOf = (host: string) => (isIP(host) === 6 ? "ipv6" : "ipv4")
const isIn = (list: BlockList, host: string) => isIP(host) !== 0 && list.check(host, familyOf(host))

/**
 * Matches one entry of `NO_PROXY`: `*`; a name (and its subdomains); `.name` or `*.name` (subdomains only); an IP
 * address; a network (`10.0.0.0/8`). A name or an address may have a port.
 */
function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true
  if (entry.includes("/")) return isIn(networkOf(entry), host)
  const [name, only] = withPort(entry)
  if (only !== undefined && only !== port) return false
  if (isIP(name)) return isIP(host) === isIP(name) && isIn(networkOf(name), host)
  const bare = hostOf(name.replace(/^\*(?=\.)/, ""))
  return bare.startsWith(".") ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`)
}

/** `host:port`, `[::1]:port`, `::1`. */
function withPort(entry: string): [name: string, port: string | undefined] {
  const bare = entry.replace(/^\[|\]$/g, "")
  if (isIP(bare)) return [bare, undefined]
  const [, name = entry, port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? []
  return [hostOf(name), port]
}

/** An IP address or a network; an empty list for anything else. */
function networkOf(entry: string): BlockList {
  const list = new BlockList()
  const [address = "", bits] = entry.split("/")
  const most = isIP(address) === 6 ? 128 : 32
  const prefix = bits === undefined ? most : Number(bits)
  if (isIP(address) && bits !== "" && Number.isInteger(prefix) && prefix >= 0 && prefix <= most)
    list.addSubnet(address, prefix, familyOf(address))
  return list
}
