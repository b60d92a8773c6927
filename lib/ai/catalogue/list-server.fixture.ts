/** A model server over HTTP that responds to each path as a test says, and records its requests. */
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface ListServer {
  /** Without a path. */
  origin: string
  /** Base URL in Fireworks' form. */
  url: string
  /** Paths with their queries, oldest first. */
  asked: string[]
  /** The keys received, by path. */
  keys: Map<string, string | undefined>
  /** By path without query: a body (JSON), a status, or a function of the URL and of what was sent. */
  routes: Map<string, Answer>
  close(): Promise<void>
}

type Answer = number | object | string | ((url: URL, body: string) => object | number)

export async function startListServer(routes: Record<string, Answer> = {}): Promise<ListServer> {
  const server = createServer(async (request, response) => {
    let body = ""
    for await (const piece of request) body += piece
    const url = new URL(request.url ?? "/", "http://127.0.0.1")
    started.asked.push(request.url ?? "")
    started.keys.set(url.pathname, request.headers.authorization)
    const found = started.routes.get(url.pathname) ?? 404
    const answer = typeof found === "function" ? found(url, body) : found
    response.writeHead(typeof answer === "number" ? answer : 200, { "content-type": "application/json" })
    response.end(
      typeof answer === "number" ? '{"error":"no"}' : typeof answer === "string" ? answer : JSON.stringify(answer),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address: AddressInfo | string | null = server.address()
  const port = typeof address === "object" && address ? address.port : 0
  const origin = `http://127.0.0.1:${port}`
  const started: ListServer = {
    origin,
    url: `${origin}/inference/v1`,
    asked: [],
    keys: new Map(),
    routes: new Map(Object.entries(routes)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return started
}
