/** Both sides of a handed-over stream, over a real connection, with Next.js ending the response in between. */
import { createServer, type RequestListener } from "node:http"
import { connect } from "node:net"
import { afterAll, expect, test } from "vitest"
import { eventStream } from "@/lib/http/event-stream"
import { takeOver } from "@/lib/server/take-over.mjs"

const servers: (() => void)[] = []
afterAll(() => {
  for (const close of servers) close()
})

async function serve(handler: RequestListener): Promise<string> {
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

/** Sends the headers of `response` and ends, like Next.js does with a response without a body. */
const passOn = (response: Response): RequestListener => {
  return (_, out) => {
    takeOver(out)
    // Next.js stores each header as an array.
    response.headers.forEach((value, name) => {
      out.setHeader(name, [value])
    })
    out.end()
  }
}

async function* blocks(...texts: string[]) {
  for (const text of texts) yield text
}

test("a handed-over response is written completely and in order by its writer, and the internal header is not sent", async () => {
  const abort = new AbortController()
  const response = eventStream(blocks("data: a\n\n", `data: ${"ü".repeat(400_000)}\n\n`), {
    owner: "someone",
    abort,
    end: "data: end\n\n",
  })
  expect(response.body).toBeNull()
  const answer = await fetch(await serve(passOn(response)))
  expect(answer.headers.get("content-type")).toBe("text/event-stream")
  expect([...answer.headers.keys()]).not.toContain("x-sparkler-writer")
  expect(await answer.text()).toBe(`data: a\n\ndata: ${"ü".repeat(400_000)}\n\ndata: end\n\n`)
})

test("a reader disconnect is noticed", async () => {
  const abort = new AbortController()
  const endless = async function* () {
    yield "data: first\n\n"
    await new Promise((resolve) => abort.signal.addEventListener("abort", resolve))
  }
  const leave = new AbortController()
  const url = await serve(passOn(eventStream(endless(), { owner: "someone", abort })))
  const answer = await fetch(url, { signal: leave.signal })
  const reader = answer.body?.getReader()
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("data: first\n\n")
  leave.abort()
  await expect.poll(() => abort.signal.aborted).toBe(true)
})

test("a reader disconnect during backpressure is noticed by the writer", async () => {
  let closed = false
  const more = async function* () {
    try {
      for (;;) yield `data: ${"x".repeat(1_000_000)}\n\n`
    } finally {
      closed = true
    }
  }
  const leave = new AbortController()
  const url = await serve(passOn(eventStream(more(), { owner: "someone", abort: new AbortController() })))
  const answer = await fetch(url, { signal: leave.signal })
  await answer.body?.getReader().read()
  leave.abort()
  await expect.poll(() => closed).toBe(true)
})

test("a HEAD request gets the headers, and the connection is reused", async () => {
  let closed = 0
  const endless = async function* (signal: AbortSignal) {
    try {
      yield "data: first\n\n"
      await new Promise((resolve) => signal.addEventListener("abort", resolve))
    } finally {
      closed++
    }
  }
  const url = await serve((incoming, out) => {
    const abort = new AbortController()
    passOn(eventStream(endless(abort.signal), { owner: "someone", abort }))(incoming, out)
  })
  // A raw socket, because HTTP clients close the connection after HEAD themselves.
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let heads = ""
  socket.on("data", (bytes) => {
    heads += bytes
  })
  for (let time = 1; time <= 3; time++) {
    socket.write(`HEAD / HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`)
    await expect.poll(() => heads.split("HTTP/1.1 200").length - 1, { timeout: 60_000 }).toBe(time)
  }
  // While the connection is still open.
  await expect.poll(() => closed).toBe(3)
  socket.destroy()
})

test("an error in the blocks is a broken stream for the reader, not its end", async () => {
  const broken = async function* () {
    yield "data: first\n\n"
    throw new Error("the log is gone")
  }
  const answer = await fetch(
    await serve(passOn(eventStream(broken(), { owner: "someone", abort: new AbortController() }))),
  )
  await expect(answer.text()).rejects.toThrow()
})

test("an unknown writer name ends the connection", async () => {
  const forged = new Response(null, { headers: { "x-sparkler-writer": "999999" } })
  await expect(
    serve(passOn(forged))
      .then(fetch)
      .then((answer) => answer.text()),
  ).rejects.toThrow()
})

test("a response without a writer is unaffected", async () => {
  const url = await serve((_, out) => {
    takeOver(out)
    out.setHeader("x-other", "kept")
    out.end("plain")
  })
  const answer = await fetch(url)
  expect([answer.headers.get("x-other"), await answer.text()]).toEqual(["kept", "plain"])
})
