/** One of several processes: the chat routes over HTTP, without pages, so that no build is needed. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import { Readable } from "node:stream"
import { POST as stop } from "@/app/api/chat/[id]/stop/route"
import { GET as stream } from "@/app/api/chat/[id]/stream/route"
import { POST as chat } from "@/app/api/chat/route"
import { GET as view } from "@/app/api/conversations/[id]/route"
import { GET as ready } from "@/app/api/ready/route"
import { joinProcesses } from "@/lib/bus/here"
import { config } from "@/lib/config"
import { drain, startLifecycle } from "@/lib/generation/lifecycle"

type Context = { params: Promise<{ id: string }> }
type Handler = (request: Request, context: Context) => Promise<Response>

const ROUTES: [string, RegExp, Handler][] = [
  ["POST", /^\/api\/chat$/, chat],
  ["POST", /^\/api\/chat\/([^/]+)\/stop$/, stop],
  ["GET", /^\/api\/chat\/([^/]+)\/stream$/, stream],
  ["GET", /^\/api\/conversations\/([^/]+)$/, view],
  ["GET", /^\/api\/ready$/, ready],
]

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = "GET", url = "/", headers } = incoming
  const { pathname } = new URL(url, "http://localhost")
  const [, pattern, handler] = ROUTES.find((route) => route[0] === method && route[1].test(pathname)) ?? []
  if (!pattern || !handler) return void outgoing.writeHead(404).end()
  const left = new AbortController()
  outgoing.on("close", () => left.abort())
  const request = new Request(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    signal: left.signal,
    ...(method === "POST" && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  })
  const response = await handler(request, { params: Promise.resolve({ id: pattern.exec(pathname)?.[1] ?? "" }) })
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.flushHeaders()
  for await (const bytes of response.body ?? []) outgoing.write(bytes)
  outgoing.end()
}

const { redis } = config()
if (redis) await joinProcesses(redis)
await startLifecycle()
const server = createServer((incoming, outgoing) => {
  answer(incoming, outgoing).catch((error) => outgoing.destroy(error))
})
process.on("SIGTERM", () => {
  server.close()
  void drain().then(() => process.exit(0))
})
process.on("disconnect", () => process.exit())
server.listen(Number(process.argv[2]), "127.0.0.1", () => process.send?.("ready"))
