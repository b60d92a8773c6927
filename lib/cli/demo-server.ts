/** The demo model as a real HTTP server, for other programs and as the model server of all tests. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { createDemoModel, type DemoOptions } from "@/lib/ai/demo"

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingMessage["headers"]
  /** Parsed JSON; undefined without a body. */
  body: unknown
  /** `performance.now()` when the client closed the connection before the end, else null. */
  closedByClientAt: number | null
}

export interface DemoServer {
  /** Base address for `FIREWORKS_BASE_URL`. */
  url: string
  /** In test mode: what came in, oldest first. */
  requests: RecordedRequest[]
  /** Streams that are being sent. */
  openStreams(): number
  close(): Promise<void>
}

const MAX_BODY_BYTES = 64_000_000

export async function startDemoServer(
  options: DemoOptions & { port?: number; host?: string } = {},
): Promise<DemoServer> {
  const { port = 0, host = "127.0.0.1", ...demoOptions } = options
  const model = createDemoModel(demoOptions)
  const requests: RecordedRequest[] = []
  let open = 0
  const server = createServer(async (incoming, outgoing) => {
    const abort = new AbortController()
    const body = await readBody(incoming)
    const record: RecordedRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: parse(body),
      closedByClientAt: null,
    }
    if (demoOptions.testMode) requests.push(record)
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return
      record.closedByClientAt = performance.now()
      abort.abort()
    })
    const request = new Request(`http://${host}${incoming.url}`, {
      method: incoming.method,
      headers: Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
        typeof value === "string" ? [[name, value]] : [],
      ),
      body: incoming.method === "POST" ? new Uint8Array(body) : undefined,
      signal: abort.signal,
    })
    open++
    try {
      await send(await model(request), outgoing)
    } catch {
      // A requested reset, or the client is gone: the socket says it.
      outgoing.destroy()
    } finally {
      open--
    }
  })
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve))
  const address: AddressInfo | string | null = server.address()
  const actual = typeof address === "object" && address ? address.port : port
  return {
    url: `http://${host}:${actual}/inference/v1`,
    requests,
    openStreams: () => open,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.flushHeaders()
  for await (const bytes of response.body ?? [])
    if (!outgoing.write(bytes) && !outgoing.destroyed)
      await new Promise((resolve) => outgoing.once("drain", resolve).once("close", resolve))
  outgoing.end()
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of incoming) {
    size += piece.length
    if (size > MAX_BODY_BYTES) throw new Error("body too large")
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"))
  } catch {
    return undefined
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { port: { type: "string", default: "8080" }, key: { type: "string" }, rate: { type: "string" } },
  })
  const server = await startDemoServer({
    port: Number(values.port),
    apiKey: values.key,
    tokensPerSecond: values.rate ? Number(values.rate) : undefined,
  })
  console.info(`The demo model answers at ${server.url}`)
}
