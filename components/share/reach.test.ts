import { expect, test } from "vitest"
import { reachOf } from "@/components/share/reach"

const of = (host: string) => reachOf(new URL(`http://${host}/`).hostname)

test("who can open a link is derived from its host", () => {
  for (const host of [
    "localhost:3000",
    "LOCALHOST",
    "a.localhost",
    "127.0.0.1",
    "127.9.9.9",
    "[::1]:3000",
    "0.0.0.0",
    "[::ffff:127.0.0.1]",
    "2130706433",
  ])
    expect([host, of(host)]).toEqual([host, "here"])
  for (const host of [
    "10.0.0.5",
    "172.16.0.1",
    "172.31.9.9",
    "192.168.1.20",
    "169.254.1.1",
    "100.64.0.1",
    "nas",
    "nas.local",
    "pi.lan",
    "x.home.arpa",
    "m.tail1.ts.net",
    "[fd00::1]",
    "[fe80::1]",
    "[::ffff:10.0.0.1]",
  ])
    expect([host, of(host)]).toEqual([host, "network"])
  for (const host of [
    "example.com",
    "172.32.0.1",
    "11.0.0.1",
    "100.128.0.1",
    "192.169.0.1",
    "[2001:db8::1]",
    "localhost.example.com",
    "local.example",
  ])
    expect([host, of(host)]).toEqual([host, "anyone"])
})
