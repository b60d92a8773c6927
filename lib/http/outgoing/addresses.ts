/**
 * Which addresses a user or model may choose: those of the public internet. Based on IANA's registries of
 * special-purpose addresses (https://www.iana.org/assignments/iana-ipv4-special-registry,
 * …/iana-ipv6-special-registry).
 */
import { BlockList, isIP } from "node:net"

const listOf = (family: "ipv4" | "ipv6", networks: string[]) => {
  const list = new BlockList()
  for (const network of networks) {
    const [address = "", bits] = network.split("/")
    list.addSubnet(address, Number(bits), family)
  }
  return list
}

const NOT_PUBLIC_4 = listOf("ipv4", [
  "0.0.0.0/8", // this network
  "10.0.0.0/8", // private
  "100.64.0.0/10", // behind a provider's NAT; metadata of Alibaba Cloud
  "127.0.0.0/8", // loopback
  "168.63.129.16/32", // Azure's host, from inside its machines
  "169.254.0.0/16", // link-local; metadata of most clouds
  "172.16.0.0/12", // private
  "192.0.0.0/24", // protocol assignments; metadata of Oracle Cloud
  "192.0.2.0/24", // documentation
  "192.31.196.0/24", // AS112
  "192.52.193.0/24", // AMT
  "192.88.99.0/24", // 6to4 relays
  "192.168.0.0/16", // private
  "192.175.48.0/24", // AS112
  "198.18.0.0/15", // benchmarks
  "198.51.100.0/24", // documentation
  "203.0.113.0/24", // documentation
  "224.0.0.0/4", // multicast
  "240.0.0.0/4", // reserved, broadcast
])

/**
 * All allocated global unicast addresses; mapped and translated IPv4, unique local, link-local, and multicast are
 * outside.
 */
const GIVEN_OUT_6 = listOf("ipv6", ["2000::/3"])
const NOT_PUBLIC_6 = listOf("ipv6", [
  "2001::/23", // protocol assignments: Teredo, benchmarks, ORCHID
  "2001:db8::/32", // documentation
  "2002::/16", // 6to4, which leads to any IPv4 address
  "2620:4f:8000::/48", // AS112
  "3fff::/20", // documentation
])

/** Whether this is a public IPv4 or IPv6 address. False for anything that isn't an address. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !NOT_PUBLIC_4.check(address, "ipv4")
    case 6:
      return GIVEN_OUT_6.check(address, "ipv6") && !NOT_PUBLIC_6.check(address, "ipv6")
    default:
      return false
  }
}

/**
 * Names that refer to this machine or its network, whatever a resolver says (RFC 6761, 6762, 8375; ICANN's .internal).
 */
const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|localdomain|onion|home\.arpa)$/

/** A name with a dot that isn't reserved for local use. Expects no trailing dot. */
export const isPublicName = (name: string): boolean => name.includes(".") && !LOCAL_NAME.test(name)

/** The host of a URL as parsed by `new URL()`, without brackets and trailing dot. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "")
