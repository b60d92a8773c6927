/** A route called directly by the server process, over a real connection. */
import { createServer } from "node:http"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { serveDirectly } from "@/lib/http/direct"
import { eventStream } from "@/lib/http/event-stream"
import { handleDirectRoute } from "@/lib/server/direct.mjs"
import { takeOver } from "@/lib/server/take-over.mjs"

const server = createServer((request, response) => {
  takeOver(response)
  if (!handleDirectRoute(request, response)) response.writeHead(404).end()
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  if (typeof address !== "object" || !address) throw new Error("no port")
  url = `http://127.0.0.1:${address.port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test("method, headers, and body reach the handler; status, headers, and body are returned", async () => {
  serveDirectly("POST", "/echo", async (request) =>
    Response.json(
      { path: new URL(request.url).pathname, said: await request.json(), mine: request.headers.get("x-mine") },
      {
        status: 202,
        headers: [
          ["set-cookie", "a=1"],
          ["set-cookie", "b=2"],
          ["x-theirs", "yes"],
        ],
      },
    ),
  )
  const said = { text: "ü".repeat(100_000) }
  const answer = await fetch(`${url}/echo`, {
    method: "POST",
    body: JSON.stringify(said),
    headers: { "x-mine": "1" },
  })
  expect(answer.status).toBe(202)
  expect(answer.headers.get("x-theirs")).toBe("yes")
  expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"])
  expect(await answer.json()).toEqual({ path: "/echo", said, mine: "1" })
})

test("a body that is rejected midway, or unread, leaves the response and the connection intact", async () => {
  serveDirectly("POST", "/most", async (request) => {
    for await (const piece of request.body ?? []) if (piece.byteLength > 0) break
    return new Response("too large", { status: 413 })
  })
  serveDirectly("POST", "/none", async () => new Response("no", { status: 401 }))
  for (const [path, status] of [
    ["/most", 413],
    ["/none", 401],
    ["/most", 413],
  ] as const) {
    const body = "x".repeat(3_000_000)
    const answer = await fetch(`${url}${path}`, { method: "POST", body })
    expect(answer.status).toBe(status)
    await answer.text()
  }
})

test("only this exact method and path match", async () => {
  expect((await fetch(`${url}/echo`)).status).toBe(404)
  expect((await fetch(`${url}/echo/`, { method: "POST" })).status).toBe(404)
})

test("a stream is passed through, and a reader disconnect is noticed", async () => {
  const abort = new AbortController()
  async function* blocks() {
    yield "data: first\n\n"
    await new Promise((resolve) => abort.signal.addEventListener("abort", resolve))
  }
  serveDirectly("GET", "/stream", async () => eventStream(blocks(), { owner: "someone", abort }))
  const leaving = new AbortController()
  const answer = await fetch(`${url}/stream`, { signal: leaving.signal })
  expect(answer.headers.get("x-sparkler-writer")).toBeNull()
  const first = await answer.body?.getReader().read()
  expect(new TextDecoder().decode(first?.value)).toBe("data: first\n\n")
  leaving.abort()
  await new Promise((resolve) => abort.signal.addEventListener("abort", resolve))
})

test("a client that disconnects before the response aborts the request", async () => {
  const leaving = new AbortController()
  const aborted = new Promise((resolve) =>
    serveDirectly("POST", "/slow", async (request) => {
      await new Promise((left) => {
        request.signal.addEventListener("abort", left)
        leaving.abort()
      })
      resolve(true)
      return new Response(null)
    }),
  )
  await expect(fetch(`${url}/slow`, { method: "POST", body: "{}", signal: leaving.signal })).rejects.toThrow()
  await aborted
})

test("an error in the handler ends the connection and is logged", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {})
  serveDirectly("POST", "/fault", async () => {
    throw new Error("a broken pipe")
  })
  await expect(fetch(`${url}/fault`, { method: "POST", body: "{}" })).rejects.toThrow()
  expect(logged).toHaveBeenCalledWith("POST /fault failed: a broken pipe")
  logged.mockRestore()
})
