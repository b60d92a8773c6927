import { createServer, type Server } from "node:http"
import type { AddressInfo } from "node:net"
import { afterEach, expect, test } from "vitest"
import { byName, isReachedByName, PROCESS_HEADER, processName } from "@/lib/http/one-name"
import { singleton } from "@/lib/singleton"

const secret = singleton("peer", () => "secret")
const asked = (headers: Record<string, string> = {}, more: object = {}) => {
  const all = {
    host: "127.0.0.1:3000",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
    "x-sparkler-peer": `${secret} direct 127.0.0.1`,
    ...headers,
  }
  return byName({ method: "GET", headers: new Headers(all), address: "/", port: 3000, appUrl: undefined, ...more })
    ?.href
}

test("a page opened by IP address in this machine's browser is redirected to the hostname, with path and query", () => {
  expect(asked()).toBe("http://localhost:3000/")
  expect(asked({ host: "[::1]:3000", "x-sparkler-peer": `${secret} direct ::1` })).toBe("http://localhost:3000/")
  expect(asked({}, { address: "/c/a?q=x%20y&z=1?2" })).toBe("http://localhost:3000/c/a?q=x%20y&z=1?2")
  expect(asked({ host: "127.0.0.1" }, { port: 80 })).toBe("http://localhost/")
})

test("it redirects nowhere else, whatever the URL", () => {
  for (const address of [
    "//evil.example/x",
    "/\\evil.example",
    "/@evil.example",
    "http://evil.example/",
    "/..//evil.example",
  ])
    expect(new URL(asked({}, { address }) ?? "").host, address).toBe("localhost:3000")
})

test("programs, subresource requests, proxies, other ports, and other names are not redirected", () => {
  const staying: Record<string, string>[] = [
    { "sec-fetch-mode": "cors", "sec-fetch-dest": "empty" },
    { "sec-fetch-mode": "", "sec-fetch-dest": "" },
    { "sec-fetch-dest": "iframe" },
    { host: "localhost:3000" },
    { host: "127.0.0.1:8080" },
    { host: "192.168.1.5:3000" },
    { host: "127.0.0.1.evil.example:3000" },
    { host: "127.0.0.1:3000@evil.example" },
    { "x-sparkler-peer": `${secret} forwarded 127.0.0.1` },
    { "x-sparkler-peer": `${secret} direct 192.168.1.9` },
    { "x-sparkler-peer": "guessed direct 127.0.0.1" },
  ]
  for (const headers of staying) expect(asked(headers), JSON.stringify(headers)).toBeUndefined()
  expect(asked({}, { appUrl: "https://chat.example" })).toBeUndefined()
  expect(asked({}, { method: "HEAD" })).toBeUndefined()
})

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
  singleton("reachedByName", () => ({ until: 0 })).until = 0
})

const listening = (host: string, name: string, port = 0) =>
  new Promise<number | null>((resolve) => {
    const server = createServer((_, response) => response.setHeader(PROCESS_HEADER, name).end())
    servers.push(server)
    server.on("error", () => resolve(null))
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port))
  })

test("the hostname is used only if every address of it that responds is this process", async () => {
  const port = (await listening("127.0.0.1", processName())) ?? 0
  expect(await isReachedByName(port)).toBe(true)
  singleton("reachedByName", () => ({ until: 0 })).until = 0
  const second = await listening("::1", "another", port)
  if (second !== null) expect(await isReachedByName(port)).toBe(false)
  singleton("reachedByName", () => ({ until: 0 })).until = 0
  const other = (await listening("127.0.0.1", "another")) ?? 0
  expect(await isReachedByName(other)).toBe(false)
})
