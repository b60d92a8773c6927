/** Where an address leads, judged before anything is sent there. */
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

/** The address as one parser reads it, after all that can be said without a resolver. Throws `fetch:refused`. */
export function checkedUrl(
  address: string | URL,
  { http = false, ports = [] }: { http?: boolean; ports?: number[] },
  base?: URL,
): URL {
  const text = String(address)
  if (text.length > MAX_ADDRESS || !URL.canParse(text, base))
    throw new AppError("fetch:refused", "This is no address that can be read.")
  const url = new URL(text, base)
  if (!(url.protocol === "https:" || (http && url.protocol === "http:")))
    throw new AppError("fetch:refused", `Only ${http ? "http and https" : "https"} addresses are read.`)
  if (url.username !== "" || url.password !== "")
    throw new AppError("fetch:refused", "Addresses with a user or a password in them are not read.")
  const port = Number(url.port || (url.protocol === "https:" ? 443 : 80))
  if (url.port !== "" && !ports.includes(port)) throw new AppError("fetch:refused", `Port ${port} is not asked.`)
  const host = hostOf(url)
  if (isIP(host) ? !isPublicAddress(host) : !isPublicName(host)) throw inside(url)
  // Never sent; left in, it would show in what is told of the answer.
  url.hash = ""
  return url
}

/** Where it is said, nothing of what a name leads to is told. */
const inside = (url: URL) =>
  new AppError("fetch:refused", `${url.host} is not on the public internet, so it wasn't read.`)

/** Resolves the name, once. Rejects with `fetch:refused` when any of its addresses is not public, or `fetch:failed`. */
export async function checkedDestination(url: URL, network: Network): Promise<Destination> {
  const host = hostOf(url)
  const proxied = proxyFor(url, config().proxies) !== null
  if (isIP(host)) return { url, addresses: proxied ? null : [{ address: host, family: isIP(host) }] }
  const found = await network.resolve(host).catch((cause: unknown) => {
    if (proxied) return null
    throw new AppError("fetch:failed", `${url.host} wasn't found. Check the address.`, { cause })
  })
  if (found === null) return { url, addresses: null }
  if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address))) throw inside(url)
  return { url, addresses: proxied ? null : found }
}
