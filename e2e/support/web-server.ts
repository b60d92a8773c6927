/**
 * A local web for tests: pages of `*.example` behind a proxy (which handles names that the app can't resolve), a
 * SearXNG, and a Wikipedia, each with its API's format.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

export interface WebServer {
  /** Settings of an app that uses these servers. */
  env: Record<string, string>
  /** Every URL requested through the proxy, and every search. */
  asked: string[]
  /** Pages by URL. */
  pages: Map<string, string>
  /** The results of the next search. */
  results: { url: string; title: string; content: string }[]
  /** Searches respond once this has settled. */
  held: Promise<void>
  close(): Promise<void>
}

const ARTICLE = {
  index: 1,
  title: "Lighthouse",
  description: "Structure designed to emit light",
  fullurl: "https://en.wikipedia.org/wiki/Lighthouse",
  extract: "A lighthouse is a tower that emits light from a system of lamps and lenses to serve as a beacon.",
}
const OTHER = { index: 2, title: "Lightship", fullurl: "https://en.wikipedia.org/wiki/Lightship", extract: "A ship." }

export async function startWeb(): Promise<WebServer> {
  const asked: string[] = []
  const pages = new Map<string, string>()
  const results: WebServer["results"] = []
  const say = (response: ServerResponse, type: string, body: string, status = 200) =>
    void response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(body)
  const server = createServer((request: IncomingMessage, response) => {
    const address = request.url ?? ""
    const url = new URL(address, "http://this.machine")
    if (url.pathname === "/search") {
      asked.push(`search ${url.searchParams.get("q")}`)
      return void web.held.then(() => say(response, "application/json", JSON.stringify({ results })))
    }
    if (url.pathname === "/w/api.php") {
      const found = /lighthouse/i.test(url.searchParams.get("gsrsearch") ?? "")
      return say(response, "application/json", JSON.stringify(found ? { query: { pages: [OTHER, ARTICLE] } } : {}))
    }
    asked.push(address)
    const page = pages.get(address)
    say(response, "text/html", page ?? "Not found", page === undefined ? 404 : 200)
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const web: WebServer = {
    env: { HTTP_PROXY: origin, SEARXNG_URL: origin, WIKIPEDIA_URL: origin },
    asked,
    pages,
    results,
    held: Promise.resolve(),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return web
}
