import { createServer, request } from "node:http"
import type { AddressInfo } from "node:net"
import { connect } from "node:net"
import { afterAll, beforeAll, expect, test } from "vitest"
import { isLocalUser, peerOf } from "@/lib/http/peer"
import { markPeer } from "@/lib/server/peer.mjs"

/** Responds with what a route would see. */
const server = createServer((incoming, outgoing) => {
  markPeer(incoming)
  const headers = new Headers(
    Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  )
  const appUrl = headers.get("test-app-url") ?? undefined
  outgoing.end(JSON.stringify({ here: isLocalUser(headers, appUrl), peer: peerOf(headers) }))
})
let port = 0

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  port = typeof address === "object" && address ? address.port : 0
})

afterAll(() => new Promise((resolve) => server.close(resolve)))

function ask(headers: Record<string, string>): Promise<{ here: boolean; peer: unknown }> {
  return new Promise((resolve, reject) => {
    request({ port, host: "127.0.0.1", headers, agent: false }, (answer) => {
      let text = ""
      answer.on("data", (piece) => {
        text += piece
      })
      answer.on("end", () => resolve(JSON.parse(text)))
    })
      .on("error", reject)
      .end()
  })
}

test.each(["localhost:3000", "localhost", "127.0.0.1:80", "[::1]:3000", "sparkler.localhost:3000", "LOCALHOST"])(
  "a page opened as %s on this machine is considered local",
  async (host) => {
    expect(await ask({ host })).toEqual({ here: true, peer: { address: "127.0.0.1", forwarded: false } })
  },
)

test.each([
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1.evil.example",
  "localhost@evil.example",
  "nas.local",
  "192.168.1.5:3000",
  "0.0.0.0:3000",
  "a b",
])("a page opened as %s is not considered local: anybody may own the name", async (host) => {
  expect((await ask({ host })).here).toBe(false)
})

test.each([
  "X-Forwarded-For",
  "X-Forwarded-Host",
  "X-Forwarded-Proto",
  "X-Real-IP",
  "Forwarded",
  "Via",
  "CF-Connecting-IP",
  "True-Client-IP",
  "X-Client-IP",
  "Fly-Client-IP",
  "Tailscale-User-Login",
  "X-Envoy-External-Address",
])("a request with %s, added by a proxy, is not considered local", async (name) => {
  expect((await ask({ host: "localhost:3000", [name]: "127.0.0.1" })).here).toBe(false)
})

test("a header of the same name sent by a client is ignored", async () => {
  const forged = { "x-sparkler-peer": "secret direct 127.0.0.1" }
  expect((await ask({ host: "evil.example", ...forged })).here).toBe(false)
  expect(peerOf(new Headers(forged))).toBeNull()
  expect(peerOf(new Headers({ "x-sparkler-peer": "null direct 127.0.0.1" }))).toBeNull()
  expect(isLocalUser(new Headers({ host: "localhost" }), undefined)).toBe(false)
})

test("with a public APP_URL no request is considered local, with one on this machine it is", async () => {
  expect((await ask({ host: "localhost", "test-app-url": "https://chat.example.com" })).here).toBe(false)
  expect((await ask({ host: "localhost", "test-app-url": "http://localhost:3000" })).here).toBe(true)
})

test("HTTP/1.0 is considered a proxy", async () => {
  const said = await new Promise<string>((resolve, reject) => {
    let text = ""
    const socket = connect(port, "127.0.0.1", () => socket.write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n"))
    socket.on("data", (piece) => {
      text += piece
    })
    socket.on("end", () => resolve(text)).on("error", reject)
  })
  expect(said).toContain('"here":false')
})
