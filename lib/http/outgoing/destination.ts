/** Checks a request's destination before anything is sent to it. */
import { isIP } from "node:net"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { hostOf, isPublicAddress, isPublicName } from "@/lib/http/outgoing/addresses"
import type { Address, Network } from "@/lib/http/outgoing/network"
import { proxyFor } from "@/lib/proxy"

const MAX_ADDRESS = 8_000

export interface Destination {
  url: URL
  /** All of them public. null: the proxy resolves the name. */
  addresses: Address[] | null
}

/** The URL as read by a single parser, after all checks that need no resolver. Throws `fetch:refused`. */
export function checkedUrl(
  address: string | URL,
  { http = false, ports = [] }: { http?: boolean; ports?: number[] },
  base?: URL,
): URL {
  const text = String(address)
  if (text.length > MAX_ADDRESS || !URL.canParse(text, base)) throw new AppError("fetch:refused/no_address")
  const url = new URL(text, base)
  if (!(url.protocol === "https:" || (http && url.protocol === "http:")))
    throw new AppError(http ? "fetch:refused/http_or_https" : "fetch:refused/https")
  if (url.username !== "" || url.password !== "") throw new AppError("fetch:refused/credentials")
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80))
  if (url.port !== "" && !ports.includes(port))
    throw new AppError("fetch:refused/port", { values: { port: String(port) } })
  const host = hostOf(url)
  if (isIP(host) ? !isPublicAddress(host) : !isPublicName(host)) throw inside(url)
  // Never sent; if kept, it would show up in the response's URL.
  url.hash = ""
  return url
}

/** Reveals nothing about the addresses behind the name. */
const inside = (url: URL) => new AppError("fetch:refused/inside", { values: { host: url.host } })

/** Resolves the name, once. Rejects with `fetch:refused` if any of its addresses is not public, or `fetch:failed`. */
export async function checkedDestination(url: URL, network: Network): Promise<Destination> {
  const host = hostOf(url)
  const proxied = proxyFor(url, config().proxies) !== null
  if (isIP(host)) return { url, addresses: proxied ? null : [{ address: host, family: isIP(host) }] }
  const found = await network.resolve(host).catch((cause: unknown) => {
    if (proxied) return null
    throw new AppError("fetch:failed/not_found", { values: { host: url.host }, cause })
  })
  if (found === null) return { url, addresses: null }
  if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) throw inside(url)
  return { url, addresses: proxied ? null : found }
}
