/** Hundreds of ways to write a non-public address. None may be connected to. */
import net from "node:net"
import { describe, expect, test } from "vitest"
import { isPublicAddress } from "@/lib/http/outgoing/addresses"
import { guardedFetch } from "@/lib/http/outgoing/guarded-fetch"
import type { Address, Network } from "@/lib/http/outgoing/network"

const RULES = { http: true, maxBytes: 1_000, headMs: 60_000, totalMs: 60_000 }

/** A network that resolves every name to `addresses` and records connections. */
function noting(addresses: string[]): { network: Network; resolved: string[]; connected: Address[] } {
  const resolved: string[] = []
  const connected: Address[] = []
  return {
    resolved,
    connected,
    network: {
      resolve: async (name) => {
        resolved.push(name)
        return addresses.map((address) => ({ address, family: net.isIP(address) }))
      },
      connect: (to) => {
        connected.push(...to)
        return net.connect(9, "127.0.0.1")
      },
    },
  }
}

const bytesOf = (ip: string) => ip.split(".").map(Number)
const hex = (byte: number) => byte.toString(16).padStart(2, "0")
const wide = (text: string) => text.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)))
const circled = (text: string) => text.replace(/[1-9]/g, (digit) => String.fromCodePoint(0x2460 + Number(digit) - 1))

/** An IPv4 address in the notations URLs allow, and embedded in IPv6 addresses. */
function formsOf(ip: string): string[] {
  const [a = 0, b = 0, c = 0, d = 0] = bytesOf(ip)
  const number = ((a * 256 + b) * 256 + c) * 256 + d
  const [high, low] = [hex(a) + hex(b), hex(c) + hex(d)]
  return [
    ip,
    `${ip}.`,
    String(number),
    `0x${number.toString(16)}`,
    `0X${number.toString(16).toUpperCase()}`,
    `0${number.toString(8)}`,
    [a, b, c, d].map((byte) => `0x${hex(byte)}`).join("."),
    [a, b, c, d].map((byte) => `0${byte.toString(8)}`).join("."),
    [a, b, c, d].map((byte) => `0000${byte.toString(8)}`).join("."),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `0x${hex(a)}.${(b * 256 + c) * 256 + d}`,
    wide(ip),
    circled(ip),
    ip.replaceAll(".", "。"),
    ip.replaceAll(".", "．"),
    ip.replaceAll(".", "%2e"),
    ip.replace(/\d/g, (digit) => `%3${digit}`),
    `[::ffff:${ip}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::FFFF:${ip}]`,
    `[::ffff:0:${ip}]`,
    `[::${ip}]`,
    `[::${high}:${low}]`,
    `[64:ff9b::${ip}]`,
    `[64:ff9b::${high}:${low}]`,
    `[64:ff9b:1::${ip}]`,
    `[2002:${high}:${low}::1]`,
    `[2001:0:${high}:${low}::1]`,
  ]
}

const INSIDE_4 = [
  "0.0.0.0",
  "10.0.0.1",
  "100.64.0.1",
  "100.100.100.200",
  "127.0.0.1",
  "127.255.255.254",
  "168.63.129.16",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.0.0.192",
  "192.168.1.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
]

const INSIDE_6 = [
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[0000:0000:0000:0000:0000:0000:0000:0001]",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[fdff::1]",
  "[ff02::1]",
  "[ff0e::1]",
  "[100::1]",
  "[2001:db8::1]",
  "[2001:2::1]",
  "[2001:10::1]",
  "[2001:20::1]",
  "[3fff::1]",
  "[2620:4f:8000::1]",
  "[4000::1]",
  "[5f00::1]",
]

const LOCAL_NAMES = [
  "localhost",
  "LOCALHOST",
  "localhost.",
  "ⓛocalhost",
  "a.localhost",
  "printer.local",
  "metadata.google.internal",
  "metadata.google.internal.",
  "intranet",
  "db",
  "router.lan",
  "nas.home.arpa",
  "wiki.corp",
  "localhost.localdomain",
  "hidden.onion",
]

const NO_ADDRESSES = [
  "https://",
  "https:// ",
  "https://[::1",
  "https://[fe80::1%25eth0]/",
  "https://1.2.3.4.5/",
  "https://256.256.256.256/",
  "https://0x100000000/",
  "https://a b/",
  "https://exa<mple.com/",
  "//127.0.0.1/",
  "/relative",
  "",
  `https://public.example/${"a".repeat(9_000)}`,
]

const OTHER_SCHEMES = [
  "file:///etc/passwd",
  "ftp://public.example/",
  "gopher://public.example:70/_",
  "data:text/html,x",
  "blob:https://public.example/1",
  "javascript:alert(1)",
  "dict://public.example:2628/",
  "ldap://public.example/",
  "ws://public.example/",
  "about:blank",
  "unix:/var/run/docker.sock",
]

const OTHERWISE_WRONG = [
  "https://user@public.example/",
  "https://user:password@public.example/",
  "https://:password@public.example/",
  "https://127.0.0.1@public.example/",
  "https://public.example@127.0.0.1/",
  "https://public.example:22/",
  "https://public.example:25/",
  "https://public.example:80/",
  "https://public.example:3000/",
  "https://public.example:6379/",
  "https://public.example:11434/",
  "http://public.example:443/",
  "https://public.example:0/",
]

const ALL: [kind: string, addresses: string[]][] = [
  ...INSIDE_4.map((ip): [string, string[]] => [ip, formsOf(ip).map((host) => `http://${host}/`)]),
  ["IPv6", INSIDE_6.map((host) => `https://${host}/`)],
  ["names of this machine and its network", LOCAL_NAMES.map((host) => `https://${host}/`)],
  ["what is no address", NO_ADDRESSES],
  ["other schemes", OTHER_SCHEMES],
]

describe("addresses that are never contacted", () => {
  test("hundreds of them are tested", () => {
    expect(ALL.flatMap(([, addresses]) => addresses).length).toBeGreaterThan(500)
  })

  test.each(ALL)("%s", async (_, addresses) => {
    for (const address of addresses) {
      const { network, connected } = noting(["93.184.216.34"])
      const outcome = await guardedFetch(address, {}, RULES, network).then(
        () => "answered",
        (error) => error.code,
      )
      expect([address, outcome, connected]).toEqual([address, "fetch:refused", []])
    }
  })

  test.each(OTHERWISE_WRONG)("%s", async (address) => {
    const { network, connected } = noting(["93.184.216.34"])
    await expect(guardedFetch(address, {}, RULES, network)).rejects.toMatchObject({ code: "fetch:refused" })
    expect(connected).toEqual([])
  })

  test.each([...INSIDE_4, ...INSIDE_6.map((host) => host.slice(1, -1)), "::ffff:127.0.0.1", "64:ff9b::7f00:1"])(
    "a public hostname that resolves to %s, alone or alongside a public address",
    async (ip) => {
      for (const found of [[ip], ["93.184.216.34", ip], [ip, "2606:4700::1111"]]) {
        const { network, connected } = noting(found)
        await expect(guardedFetch("https://public.example/", {}, RULES, network)).rejects.toMatchObject({
          code: "fetch:refused",
          message: "public.example isn't on the public internet, so it wasn't opened.",
        })
        expect(connected).toEqual([])
      }
    },
  )

  test("a hostname that does not resolve", async () => {
    const { network, connected } = noting([])
    await expect(guardedFetch("https://public.example/", {}, RULES, network)).rejects.toMatchObject({
      code: "fetch:refused",
    })
    expect(connected).toEqual([])
  })

  test("plain http when only https is allowed", async () => {
    const { network, connected } = noting(["93.184.216.34"])
    const outcome = guardedFetch("http://public.example/", {}, { ...RULES, http: false }, network)
    await expect(outcome).rejects.toMatchObject({ code: "fetch:refused" })
    expect(connected).toEqual([])
  })
})

describe("addresses that are contacted", () => {
  test.each([
    ["http://93.184.216.34/", "93.184.216.34"],
    ["http://1572395042/", "93.184.216.34"],
    ["https://0x5db8d822/", "93.184.216.34"],
    ["https://93.184.216.34./", "93.184.216.34"],
    ["https://[2606:4700::1111]/", "2606:4700::1111"],
    ["https://172.15.255.255/", "172.15.255.255"],
    ["https://172.32.0.1/", "172.32.0.1"],
    ["https://100.63.0.1/", "100.63.0.1"],
    ["https://100.128.0.1/", "100.128.0.1"],
    ["https://223.255.255.254/", "223.255.255.254"],
  ])("%s, at %s", async (address, ip) => {
    const { network, connected } = noting([])
    await expect(guardedFetch(address, {}, RULES, network)).rejects.toMatchObject({ code: "fetch:failed" })
    expect(connected).toEqual([{ address: ip, family: net.isIP(ip) }])
  })

  test.each([
    ["https://public.example./", "public.example"],
    ["https://PUBLIC.example/", "public.example"],
    ["https://bücher.example/", "xn--bcher-kva.example"],
    ["https://public.example:443/", "public.example"],
    ["https://localhost.example/", "localhost.example"],
    // As browsers parse them: what follows the host isn't part of it.
    ["https://public.example#@127.0.0.1:22/", "public.example"],
    ["https://public.example\\@127.0.0.1/", "public.example"],
    ["https:\\\\public.example/", "public.example"],
  ])("%s, with hostname %s", async (address, name) => {
    const { network, resolved, connected } = noting(["93.184.216.34", "2606:4700::1111"])
    await expect(guardedFetch(address, {}, RULES, network)).rejects.toMatchObject({ code: "fetch:failed" })
    expect(resolved).toEqual([name])
    expect(connected.map(({ address: to }) => to)).toEqual(["93.184.216.34", "2606:4700::1111"])
  })
})

test("an invalid address is not public", () => {
  for (const text of ["", "localhost", "1.2.3", "::ffff", "8.8.8.8.", "[::1]"])
    expect(isPublicAddress(text)).toBe(false)
})
