/**
 * Model servers behind a proxy, and behind a company's certificate. All on 127.0.0.1; the names only exist in the
 * proxy.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { createServer as createSecureServer } from "node:https"
import type { Server } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { makeCertificates } from "@/lib/http/outgoing/certificate.fixture"
import { startProxy, type TestProxy } from "@/lib/http/outgoing/proxy.fixture"

const SECURE = "model.example"
const PLAIN = "plain.example:8000"

const folder = mkdtempSync(path.join(tmpdir(), "proxied-"))
const caFile = path.join(folder, "company.pem")
const company = makeCertificates([SECURE])
writeFileSync(caFile, company.authority)

interface Seen {
  path: string | undefined
  host: string | undefined
  body: string
  port: number | undefined
  proxyHeader: string | undefined
}
let seen: Seen[]
let servers: Server[]
let proxy: TestProxy

const answer = async (request: IncomingMessage, response: ServerResponse) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  seen.push({
    path: request.url,
    host: request.headers.host,
    body: Buffer.concat(pieces).toString(),
    port: request.socket.remotePort,
    proxyHeader: request.headers["proxy-authorization"],
  })
  response.end("hello")
}

function portOf(server: Server | undefined): number {
  const address = server?.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return address.port
}

async function listen(server: Server): Promise<number> {
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  return portOf(server)
}

beforeEach(async () => {
  seen = []
  servers = []
  const secure = await listen(createSecureServer({ key: company.key, cert: company.cert }, answer))
  const plain = await listen(createServer(answer))
  proxy = await startProxy({ [`${SECURE}:443`]: secure, [PLAIN]: plain })
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.resetModules()
  await proxy.close()
  for (const server of servers) server.close()
})
process.once("exit", () => rmSync(folder, { recursive: true, force: true }))

/** `nodeFetch` in a process with these settings. */
async function fetchWith(env: Record<string, string>): Promise<typeof fetch> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  vi.resetModules()
  return (await import("@/lib/ai/upstream/node-fetch")).nodeFetch
}

const withUser = (url: string) => url.replace("//", "//user:p%40ss@")

test("https goes through a reused tunnel, and the company's certificate is trusted", async () => {
  const ask = await fetchWith({ HTTPS_PROXY: withUser(proxy.url), CA_FILE: caFile })
  for (const body of ["one", "two"]) {
    const response = await ask(`https://${SECURE}/v1/chat`, { method: "POST", body })
    expect(await response.text()).toBe("hello")
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(proxy.asked).toEqual([`CONNECT ${SECURE}:443`])
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("user:p@ss").toString("base64")}`])
  expect(seen).toMatchObject([
    { path: "/v1/chat", host: SECURE, body: "one", proxyHeader: undefined },
    { path: "/v1/chat", host: SECURE, body: "two", proxyHeader: undefined },
  ])
})

test("an untrusted certificate is rejected, through a proxy too", async () => {
  const ask = await fetchWith({ HTTPS_PROXY: proxy.url })
  await expect(ask(`https://${SECURE}/`)).rejects.toMatchObject({ cause: { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" } })
  expect(seen).toEqual([])
})

test("a certificate for another name is rejected", async () => {
  const other = await startProxy({ "other.example:443": portOf(servers[0]) })
  const ask = await fetchWith({ HTTPS_PROXY: other.url, CA_FILE: caFile })
  await expect(ask("https://other.example/")).rejects.toMatchObject({ cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" } })
  await other.close()
})

test("http requests send the absolute URL to the proxy", async () => {
  const ask = await fetchWith({ HTTP_PROXY: withUser(proxy.url) })
  const response = await ask(`http://${PLAIN}/v1/models?page=2`, { headers: { "x-key": "k" } })
  expect(await response.text()).toBe("hello")
  expect(proxy.asked).toEqual([`GET http://${PLAIN}/v1/models?page=2`])
  expect(proxy.credentials).toEqual([`Basic ${Buffer.from("user:p@ss").toString("base64")}`])
  expect(seen).toMatchObject([{ path: "/v1/models?page=2", host: PLAIN }])
})

test("localhost and NO_PROXY hosts are requested directly", async () => {
  const port = portOf(servers[1])
  const ask = await fetchWith({ HTTP_PROXY: proxy.url })
  await (await ask(`http://127.0.0.1:${port}/direct`)).text()
  expect([proxy.asked, seen.length]).toEqual([[], 1])
  const excepted = await fetchWith({ HTTP_PROXY: proxy.url, NO_PROXY: "plain.example" })
  await expect(excepted(`http://${PLAIN}/`)).rejects.toThrow("fetch failed")
  expect(proxy.asked).toEqual([])
})

test.each([
  [407, { code: "upstream:proxy", message: expect.stringContaining("requires a user name and password") }],
  [403, { code: "upstream:proxy", message: expect.stringContaining("refused to connect to this server (status 403)") }],
  [502, { message: "fetch failed", cause: { message: expect.stringMatching(/proxy at 127.* responded with 502/) } }],
])("a proxy that answers a tunnel request with %i is reported", async (status, expected) => {
  proxy.refuse(status)
  const ask = await fetchWith({ HTTPS_PROXY: proxy.url, CA_FILE: caFile })
  await expect(ask(`https://${SECURE}/`)).rejects.toMatchObject(expected)
})

test("a 407 for an http address comes from the proxy; other statuses are passed through", async () => {
  proxy.refuse(407)
  const ask = await fetchWith({ HTTP_PROXY: proxy.url })
  await expect(ask(`http://${PLAIN}/`)).rejects.toMatchObject({ code: "upstream:proxy" })
  proxy.refuse(503)
  expect((await ask(`http://${PLAIN}/`)).status).toBe(503)
})

test("an unreachable proxy fails like an unreachable server", async () => {
  const ask = await fetchWith({ HTTPS_PROXY: "http://127.0.0.1:9" })
  await expect(ask(`https://${SECURE}/`)).rejects.toThrow(new TypeError("fetch failed"))
})

test("an abort takes effect immediately while a proxy is silent", async () => {
  proxy.beSilent()
  const ask = await fetchWith({ HTTPS_PROXY: proxy.url })
  const abort = new AbortController()
  const outcome = expect(ask(`https://${SECURE}/`, { signal: abort.signal })).rejects.toThrow("enough")
  await vi.waitFor(() => expect(proxy.asked).toHaveLength(1), { timeout: 60_000 })
  abort.abort(new Error("enough"))
  await outcome
})

test("every form of fetch call goes through the proxy", async () => {
  const ask = await fetchWith({ HTTPS_PROXY: proxy.url, CA_FILE: caFile })
  const form = new FormData()
  form.set("field", "value")
  await (await ask(new Request(`https://${SECURE}/a`, { method: "POST", body: "text" }))).text()
  await (await ask(new URL(`https://${SECURE}/b`), { method: "POST", body: form })).text()
  await (await ask(`https://${SECURE}/c`, { method: "POST", body: new Uint8Array([104, 105]) })).text()
  expect(seen.map(({ path: asked }) => asked)).toEqual(["/a", "/b", "/c"])
  expect(seen[0]?.body).toBe("text")
  expect(seen[1]?.body).toContain('name="field"')
  expect(seen[2]?.body).toBe("hi")
})

test("weather, model lists, and key validation go through the proxy", async () => {
  const base = `https://${SECURE}`
  await fetchWith({
    HTTPS_PROXY: proxy.url,
    CA_FILE: caFile,
    FIREWORKS_BASE_URL: `${base}/inference/v1`,
    WEATHER_URL: base,
    GEOCODING_URL: base,
    DATA_DIR: folder,
  })
  const { tryKey } = await import("@/lib/ai/try-key")
  const { fetchJson } = await import("@/lib/ai/catalogue/fetch-list")
  const { getWeather } = await import("@/lib/ai/tools/get_weather/tool")
  await tryKey("fw_key").catch(() => {})
  await fetchJson({ url: base, apiKey: undefined, signal: AbortSignal.timeout(60_000) }, "/list").catch(() => {})
  await getWeather({ location: "Oslo" }, { weatherUrl: base, geocodingUrl: base }).catch(() => {})
  expect(seen.map(({ path: asked }) => asked?.split("?")[0]).sort()).toEqual([
    "/inference/v1/models",
    "/list",
    "/v1/accounts",
    "/v1/search",
  ])
})

test("an unusable CA_FILE stops the start and is named in the error", async () => {
  const { certificatesIn } = await import("@/lib/http/outgoing/certificates")
  const empty = path.join(folder, "empty.pem")
  writeFileSync(empty, "no certificate")
  const damaged = path.join(folder, "damaged.pem")
  writeFileSync(damaged, company.authority.replace(/\n.{20}/, "\n"))
  expect(certificatesIn(caFile)).toHaveLength(1)
  expect(() => certificatesIn(empty)).toThrow(/CA_FILE is wrong .*contains no PEM certificate/)
  expect(() => certificatesIn(damaged)).toThrow(/CA_FILE is wrong .*can't be read/)
  expect(() => certificatesIn(path.join(folder, "missing.pem"))).toThrow(/CA_FILE is wrong .*ENOENT/)
})
