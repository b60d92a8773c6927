import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import { afterAll, expect, test } from "vitest"
import { freshConnectionFetch, nodeFetch } from "@/lib/ai/upstream/node-fetch"
import { NodeResponse } from "@/lib/http/outgoing/response"

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const servers: (() => void)[] = []
afterAll(() => {
  for (const close of servers) close()
})

async function serve(handler: Handler): Promise<string> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  servers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  return `http://127.0.0.1:${address.port}`
}

test("sends method, headers, and body; returns status, headers, and text", async () => {
  const url = await serve(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    response.writeHead(429, { "retry-after": "3", "content-type": "application/json" })
    response.end(JSON.stringify([request.method, request.headers["x-key"], Buffer.concat(pieces).toString()]))
  })
  const response = await nodeFetch(url, { method: "POST", headers: { "X-Key": "k" }, body: "grüße" })
  expect(response).toBeInstanceOf(NodeResponse)
  expect([response.status, response.ok, response.headers.get("retry-after")]).toEqual([429, false, "3"])
  expect(await response.json()).toEqual(["POST", "k", "grüße"])
})

test("a compressed body is decoded", async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { "content-encoding": "gzip" })
    response.end(gzipSync("plain words"))
  })
  expect(await (await nodeFetch(url, {})).text()).toBe("plain words")
})

test.each([301, 302, 303, 307, 308])(
  "a redirect %i is rejected, naming the target host, which receives nothing",
  async (status) => {
    const seen: string[] = []
    const other = await serve((request, response) => {
      seen.push(request.url ?? "")
      response.end("arrived")
    })
    const url = await serve((_, response) => response.writeHead(status, { location: `${other}/there?key=x` }).end())
    const { host } = new URL(other)
    for (const input of [url, new URL(url), new Request(url, { method: "POST", body: "secret words" })])
      for (const init of [{}, { method: "POST", body: "secret words" }])
        await expect(nodeFetch(input, init)).rejects.toMatchObject({
          code: "upstream:redirected",
          message: expect.stringContaining(`redirected the request to ${host}.`),
        })
    expect(seen).toEqual([])
  },
)

test.each([
  ["on its own host", "/there", /another address on 127\.0\.0\.1:\d+\./],
  ["that is no address", "http://", /redirected the request to another address\./],
  ["to nowhere", undefined, /redirected the request to another address\./],
])("a redirect %s is rejected too", async (_, location, words) => {
  const url = await serve((_, response) => response.writeHead(307, location ? { location } : {}).end())
  await expect(nodeFetch(url, { method: "POST", body: "x" })).rejects.toThrow(words)
})

test("an unreachable server fails with the same error as fetch", async () => {
  await expect(nodeFetch("http://127.0.0.1:9/", {})).rejects.toThrow(new TypeError("fetch failed"))
})

test("an abort closes the connection, before and during the response, with its own reason", async () => {
  for (const begins of [false, true]) {
    let closed = () => {}
    const closing = new Promise<void>((resolve) => {
      closed = resolve
    })
    let asked = () => {}
    const asking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const url = await serve((_, response) => {
      response.on("close", closed)
      if (begins) response.write("first words")
      asked()
    })
    const abort = new AbortController()
    const answer = nodeFetch(url, { signal: abort.signal }).then((response) => response.text())
    const outcome = expect(answer).rejects.toThrow("enough")
    await asking
    abort.abort(new Error("enough"))
    await outcome
    await closing
  }
})

test("a connection that breaks mid-body is a body error", async () => {
  const url = await serve((_, response) => {
    response.write("first words")
    setImmediate(() => response.destroy())
  })
  const response = await nodeFetch(url, {})
  await expect(response.text()).rejects.toThrow(/aborted|ECONNRESET/)
})

test("two consecutive requests share one connection", async () => {
  const ports = new Set<number | undefined>()
  const url = await serve((request, response) => {
    ports.add(request.socket.remotePort)
    response.end("x")
  })
  await (await nodeFetch(url, {})).text()
  await new Promise((resolve) => setImmediate(resolve))
  await (await nodeFetch(url, {})).text()
  expect(ports.size).toBe(1)
})

test("a request that must not be sent twice never uses a kept-alive connection the server has dropped", async () => {
  const seen = new Set<IncomingMessage["socket"]>()
  const url = await serve((request, response) => {
    if (seen.has(request.socket)) return void request.socket.destroy()
    seen.add(request.socket)
    response.end("x")
  })
  const twice = async (ask: typeof fetch) => {
    await (await ask(url, {})).text()
    await new Promise((resolve) => setImmediate(resolve))
    return (await ask(url, {})).text()
  }
  await expect(twice(nodeFetch)).rejects.toThrow("fetch failed")
  await expect(twice(freshConnectionFetch)).resolves.toBe("x")
})
