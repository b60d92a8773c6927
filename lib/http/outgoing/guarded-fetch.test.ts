/** The guarded fetch with real servers on 127.0.0.1, which the test's network presents as the public internet. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http"
import { createServer as createSecureServer } from "node:https"
import net from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { brotliCompressSync, createGzip, gzipSync } from "node:zlib"
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest"
import { makeCertificates } from "@/lib/http/outgoing/certificate.fixture"
import type { GuardedRequest, Rules } from "@/lib/http/outgoing/guarded-fetch"
import type { Network } from "@/lib/http/outgoing/network"
import { startProxy } from "@/lib/http/outgoing/proxy.fixture"

const PUBLIC = "93.184.216.34"
const RULES: Rules = { http: true, maxBytes: 100_000, headMs: 60_000, totalMs: 60_000 }

const folder = mkdtempSync(path.join(tmpdir(), "guarded-"))
const caFile = path.join(folder, "ca.pem")
const certificates = makeCertificates(["public.example", "other.example"])
writeFileSync(caFile, certificates.authority)

const servers: net.Server[] = []
let guardedFetch: typeof import("@/lib/http/outgoing/guarded-fetch").guardedFetch

async function withSettings(env: Record<string, string>) {
  vi.resetModules()
  for (const [name, value] of Object.entries({ CA_FILE: caFile, ...env })) vi.stubEnv(name, value)
  guardedFetch = (await import("@/lib/http/outgoing/guarded-fetch")).guardedFetch
}
beforeAll(() => withSettings({}))
afterEach(() => {
  for (const server of servers.splice(0)) {
    if ("closeAllConnections" in server) (server as ReturnType<typeof createServer>).closeAllConnections()
    server.close()
  }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function listen(server: net.Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return address.port
}

/** Every public name leads to `listener`, by http and https; connections are recorded. */
async function internetOf(listener: RequestListener, addressOf: (name: string) => string = () => PUBLIC) {
  const plain = await listen(createServer(listener))
  const secure = await listen(createSecureServer({ key: certificates.key, cert: certificates.cert }, listener))
  const resolved: string[] = []
  const connected: string[] = []
  const network: Network = {
    resolve: async (name) => {
      resolved.push(name)
      const address = addressOf(name)
      return [{ address, family: net.isIP(address) }]
    },
    connect: (addresses, port) => {
      connected.push(`${addresses.map(({ address }) => address)}:${port}`)
      return net.connect(port === 443 ? secure : plain, "127.0.0.1")
    },
  }
  const ask = (address: string, rules: Partial<Rules> = {}, request: GuardedRequest = {}) =>
    guardedFetch(address, request, { ...RULES, ...rules }, network)
  return { ask, network, resolved, connected, plain, secure }
}

const say =
  (text: string, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...headers }).end(text)

test("a page is fetched over https from the checked address, and the response has its URL", async () => {
  const { ask, resolved, connected } = await internetOf(say("<p>hello"))
  const response = await ask("https://public.example/page?x=1#part")
  expect([response.status, response.url, await response.text()]).toEqual([
    200,
    "https://public.example/page?x=1",
    "<p>hello",
  ])
  expect([resolved, connected]).toEqual([["public.example"], [`${PUBLIC}:443`]])
})

test("the certificate must match the hostname, not the address", async () => {
  const { ask } = await internetOf(say("x"))
  await expect(ask("https://third.example/")).rejects.toMatchObject({
    code: "fetch:failed",
    cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
  })
})

test("a hostname that changes its address after the check is contacted at the checked one", async () => {
  let times = 0
  const { ask, resolved, connected } = await internetOf(say("x"), () => (times++ === 0 ? PUBLIC : "127.0.0.1"))
  await (await ask("https://public.example/")).text()
  expect([resolved.length, connected]).toEqual([1, [`${PUBLIC}:443`]])
  await expect(ask("https://public.example/")).rejects.toMatchObject({ code: "fetch:refused" })
  expect(connected).toHaveLength(1)
})

test("an unreachable server is reported", async () => {
  const { network } = await internetOf(say("x"))
  const dead: Network = { ...network, connect: () => net.connect(9, "127.0.0.1") }
  for (const address of ["https://public.example/", "http://public.example/"])
    await expect(guardedFetch(address, {}, RULES, dead)).rejects.toMatchObject({ code: "fetch:failed" })
})

test.each([
  "http://127.0.0.1/",
  "http://169.254.169.254/latest/meta-data/",
  "https://[::ffff:10.0.0.1]/",
  "https://localhost/",
  "//0x7f.1/",
  "https://inside.example/",
  "file:///etc/passwd",
  "https://user:x@public.example/",
  "https://public.example:6379/",
])("a redirect to %s is not followed", async (location) => {
  const { ask, connected } = await internetOf(
    (_, response) => void response.writeHead(302, { location }).end(),
    (name) => (name === "inside.example" ? "10.0.0.7" : PUBLIC),
  )
  await expect(ask("https://public.example/")).rejects.toMatchObject({ code: "fetch:refused" })
  expect(connected).toEqual([`${PUBLIC}:443`])
})

test("redirects are followed up to the limit, each checked and resolved again", async () => {
  const { ask, resolved } = await internetOf((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 0) response.end("arrived")
    else response.writeHead(301, { location: `https://${left % 2 ? "public" : "other"}.example/${left - 1}` }).end()
  })
  const response = await ask("https://public.example/5")
  expect([response.url, await response.text()]).toEqual(["https://public.example/0", "arrived"])
  expect(resolved).toHaveLength(6)
  await expect(ask("https://public.example/6")).rejects.toThrow("redirected too many times")
  await expect(ask("https://public.example/1", { redirects: 0 })).rejects.toThrow("redirected too many times")
})

test("a redirect from https to http is not followed", async () => {
  const { ask } = await internetOf(
    (_, response) => void response.writeHead(302, { location: "http://other.example/" }).end(),
  )
  await expect(ask("https://public.example/")).rejects.toThrow("unencrypted")
})

test("requests do not identify the user: no cookies, no referrer, no credentials elsewhere", async () => {
  const seen: IncomingMessage["headers"][] = []
  const { ask } = await internetOf((request, response) => {
    seen.push(request.headers)
    const headers = { "set-cookie": "a=b", location: "https://other.example/next" }
    if (request.url === "/next") response.writeHead(200, { "set-cookie": "a=b" }).end("x")
    else response.writeHead(302, headers).end()
  })
  const headers = {
    authorization: "Bearer secret",
    "X-Key": "secret",
    Cookie: "c=d",
    Referer: "https://chat",
    Host: "evil",
    Accept: "text/html",
  }
  const response = await ask("https://public.example/", {}, { headers })
  expect(seen[0]).toMatchObject({ host: "public.example", authorization: "Bearer secret", accept: "text/html" })
  expect(seen[1]).toMatchObject({ host: "other.example", accept: "text/html" })
  for (const name of ["cookie", "referer", "origin"]) expect(seen.filter((each) => name in each)).toEqual([])
  expect(seen[1]).not.toHaveProperty("authorization")
  expect(seen[1]).not.toHaveProperty("x-key")
  expect(response.headers.has("set-cookie")).toBe(false)
})

test("a request body is sent to no other server; a form's redirect is fetched with GET", async () => {
  const seen: string[] = []
  let status = 307
  const { ask } = await internetOf(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    seen.push(`${request.method} ${request.headers.host}${request.url} ${Buffer.concat(pieces)}`)
    if (request.url === "/form") response.writeHead(status, { location: "https://other.example/done" }).end()
    else response.end("x")
  })
  const post = { method: "POST", body: "secret" }
  await expect(ask("https://public.example/form", {}, post)).rejects.toThrow("It wasn't sent there")
  status = 303
  await (await ask("https://public.example/form", {}, post)).text()
  expect(seen).toEqual([
    "POST public.example/form secret",
    "POST public.example/form secret",
    "GET other.example/done ",
  ])
})

test.each([
  ["a length that is announced", { "content-length": "200000" }],
  ["a length that is not", {}],
])("an oversized body is aborted, given %s", async (_, headers) => {
  const { ask } = await internetOf(say("x".repeat(200_000), headers))
  const read = ask("https://public.example/").then((response) => response.text())
  await expect(read).rejects.toMatchObject({ code: "fetch:too_large", message: expect.stringContaining("100 KB") })
})

test("an endless body is aborted once too long, and its connection closed", async () => {
  let closed = () => {}
  const closing = new Promise<void>((resolve) => {
    closed = resolve
  })
  const { ask } = await internetOf((_, response) => {
    response.on("close", closed)
    const more = () => {
      while (!response.destroyed && response.write("x".repeat(10_000)));
    }
    response.on("drain", more)
    more()
  })
  const response = await ask("https://public.example/")
  await expect(response.text()).rejects.toMatchObject({ code: "fetch:too_large" })
  await closing
})

test("a decompression bomb is aborted once its output is too long", async () => {
  let sent = 0
  const { ask } = await internetOf((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" })
    const gzip = createGzip()
    gzip.on("data", (piece: Buffer) => {
      sent += piece.length
    })
    gzip.pipe(response)
    gzip.end(Buffer.alloc(50_000_000))
  })
  const read = ask("https://public.example/").then((response) => response.text())
  await expect(read).rejects.toMatchObject({ code: "fetch:too_large" })
  expect(sent).toBeLessThan(100_000)
})

test("compressed pages are decoded; unknown and corrupt compression is reported", async () => {
  const bodies: Record<string, [encoding: string, body: Buffer]> = {
    "/gzip": ["gzip", gzipSync("words")],
    "/br": ["br", brotliCompressSync("words")],
    "/odd": ["gzip, gzip", gzipSync(gzipSync("words"))],
    "/damaged": ["gzip", Buffer.from("no gzip")],
  }
  const { ask } = await internetOf((request, response) => {
    const [encoding, body] = bodies[request.url ?? ""] ?? ["", Buffer.alloc(0)]
    response.writeHead(200, { "content-encoding": encoding }).end(body)
  })
  const read = (at: string) => ask(`https://public.example${at}`).then((response) => response.text())
  expect([await read("/gzip"), await read("/br")]).toEqual(["words", "words"])
  await expect(read("/odd")).rejects.toMatchObject({ code: "fetch:type" })
  await expect(read("/damaged")).rejects.toMatchObject({ code: "fetch:failed" })
})

test("only the allowed content types are accepted; an error page may have any", async () => {
  const { ask } = await internetOf((request, response) => {
    const [, status, ...type] = request.url?.split("/") ?? []
    response.writeHead(Number(status), type.length > 0 ? { "content-type": type.join("/") } : {}).end("words")
  })
  const types = ["text/html", "image/*"]
  const read = async (at: string) => (await ask(`https://public.example${at}`, { types })).text()
  expect(await read("/200/TEXT/html;%20charset=utf-8".replace("%20", ""))).toBe("words")
  expect(await read("/200/image/png")).toBe("words")
  expect(await read("/404/text/plain")).toBe("words")
  await expect(read("/200/application/pdf")).rejects.toThrow("public.example sent application/pdf")
  await expect(read("/200/text/html5")).rejects.toMatchObject({ code: "fetch:type" })
  await expect(read("/200")).rejects.toThrow("something without a type")
})

test("a server that never responds, a body that never ends, and a name that never resolves time out", async () => {
  const { ask, network } = await internetOf((request, response) => {
    if (request.url === "/begins") response.write("first words")
  })
  await expect(ask("https://public.example/", { headMs: 50 })).rejects.toMatchObject({ code: "fetch:timeout" })
  const read = ask("https://public.example/begins", { totalMs: 500 }).then((response) => response.text())
  await expect(read).rejects.toMatchObject({ code: "fetch:timeout" })
  const lost = { ...network, resolve: () => new Promise<never>(() => {}) }
  await expect(guardedFetch("https://a.example/", {}, { ...RULES, headMs: 20 }, lost)).rejects.toMatchObject({
    code: "fetch:timeout",
  })
})

test("an abort rejects with its reason, before and during the response", async () => {
  for (const at of ["/", "/begins"]) {
    const abort = new AbortController()
    let asked = () => {}
    const asking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const { ask } = await internetOf((request, response) => {
      if (request.url === "/begins") response.write("first words")
      asked()
    })
    const read = ask(`https://public.example${at}`, {}, { signal: abort.signal }).then((response) => response.text())
    const outcome = expect(read).rejects.toThrow("enough")
    await asking
    abort.abort(new Error("enough"))
    await outcome
  }
})

test("a body is streamed as it arrives", async () => {
  let finish = () => {}
  const { ask } = await internetOf((_, response) => {
    response.write("first")
    finish = () => void response.end("last")
  })
  const reader = (await ask("https://public.example/")).body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("first")
  finish()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe("last")
})

test("an unread body whose connection breaks does no harm", async () => {
  let cut = () => {}
  const { ask } = await internetOf((_, response) => {
    response.write("first")
    cut = () => void response.destroy()
  })
  const response = await ask("https://public.example/")
  cut()
  await new Promise((resolve) => setImmediate(resolve))
  await expect(response.text()).rejects.toMatchObject({ code: "fetch:failed" })
})

test("a protocol upgrade is abandoned", async () => {
  const { ask } = await internetOf(
    (request) => void request.socket.write("HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n"),
  )
  await expect(ask("https://public.example/")).rejects.toMatchObject({ code: "fetch:failed" })
})

test("through a proxy: private addresses are rejected before contacting it, and unresolvable names are left to it", async () => {
  const { network, secure, plain } = await internetOf(say("through"))
  const proxy = await startProxy({ "public.example:443": secure, "public.example": plain, "unknown.example": plain })
  await withSettings({ HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url })
  const outside: Network = {
    resolve: async (name) => {
      if (name === "unknown.example") throw new Error("ENOTFOUND")
      return [{ address: name === "inside.example" ? "10.0.0.7" : PUBLIC, family: 4 }]
    },
    connect: network.connect,
  }
  const ask = (address: string) => guardedFetch(address, {}, RULES, outside).then((response) => response.text())
  expect(await ask("https://public.example/")).toBe("through")
  expect(await ask("http://public.example/")).toBe("through")
  expect(await ask("http://unknown.example/")).toBe("through")
  for (const address of ["https://inside.example/", "https://127.0.0.1/", "https://metadata.google.internal/"])
    await expect(ask(address)).rejects.toMatchObject({ code: "fetch:refused" })
  expect(proxy.asked).toEqual([
    "CONNECT public.example:443",
    "GET http://public.example/",
    "GET http://unknown.example/",
  ])
  await proxy.close()
})
