/**
 * The demo model as a real HTTP server, for other programs and as the model server of all tests. `npx tsx
 * lib/demo/demo-server.ts --port 8080 [--key KEY] [--rate TOKENS_A_SECOND] [--test] [--recordings FOLDER]` prints its
 * address.
 * Of the faults, `cut` ends the body cleanly (the client sees a complete response that just stops: no finish reason, no
 * `[DONE]`), `reset` destroys the socket (the client sees its connection break).
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { createDemoModel, type DemoOptions } from "@/lib/demo"
import { contractViolation, Violations } from "@/lib/demo/protocol/contract"
import { WireError } from "@/lib/demo/protocol/wire"
import { Recordings } from "@/lib/demo/recordings"
import { drained } from "@/lib/drained.mjs"

export interface RecordedRequest {
  method: string
  path: string
  headers: IncomingMessage["headers"]
  /** Parsed JSON; undefined without a body. */
  body: unknown
  /** `performance.now()` when the client closed the connection early, otherwise null. */
  closedByClientAt: number | null
}

export interface DemoServer {
  /** Base URL for `FIREWORKS_BASE_URL`. */
  url: string
  /** In test mode: received requests, oldest first. */
  requests: RecordedRequest[]
  /** In test mode: requests that Fireworks would refuse. */
  violations: Violations
  /** Number of streams being sent. */
  openStreams(): number
  /** Rejects if Fireworks would have refused any request. */
  close(): Promise<void>
}

const MAX_BODY_BYTES = 64_000_000
const TOO_LARGE = new WireError(413, "request_too_large", "The request is larger than 64 MB")

export async function startDemoServer(
  options: DemoOptions & { port?: number; host?: string } = {},
): Promise<DemoServer> {
  const { port = 0, host = "127.0.0.1", ...demoOptions } = options
  const violations = new Violations()
  // Violations for any model are recorded on arrival; those of a specific model when it refuses.
  const onViolation = (problem: string, sent: unknown) => {
    if (!contractViolation(sent)) violations.add(problem, sent)
  }
  const model = createDemoModel(demoOptions.testMode ? { onViolation, ...demoOptions } : demoOptions)
  const requests: RecordedRequest[] = []
  let open = 0
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await readBody(incoming)
    const record: RecordedRequest = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: body && parse(body),
      closedByClientAt: null,
    }
    if (demoOptions.testMode) requests.push(record)
    if (demoOptions.testMode && record.path.endsWith("/chat/completions")) violations.check(record.body)
    if (!body) return send(TOO_LARGE.toResponse(), outgoing)
    const abort = new AbortController()
    outgoing.on("close", () => {
      if (outgoing.writableFinished) return
      record.closedByClientAt = performance.now()
      abort.abort()
    })
    await send(await model(toRequest(incoming, host, body, abort.signal)), outgoing)
  }
  const server = createServer(async (incoming, outgoing) => {
    open++
    try {
      await answer(incoming, outgoing)
    } catch {
      // A requested reset, or the client has disconnected: destroying the socket signals either.
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
    violations,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      violations.end()
    },
  }
}

function toRequest(incoming: IncomingMessage, host: string, body: Buffer, signal: AbortSignal): Request {
  return new Request(`http://${host}${incoming.url}`, {
    method: incoming.method,
    headers: Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
    body: incoming.method === "POST" ? new Uint8Array(body) : undefined,
    signal,
  })
}

async function send(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers))
  outgoing.flushHeaders()
  for await (const bytes of response.body ?? []) {
    // Checked in addition to the request's signal, which Node 20 holds weakly and may lose during a long answer.
    if (outgoing.destroyed) break
    if (!outgoing.write(bytes)) await drained(outgoing)
  }
  outgoing.end()
}

/** The whole body; null if it is too large. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = []
  let size = 0
  for await (const piece of incoming) {
    size += piece.length
    if (size <= MAX_BODY_BYTES) pieces.push(piece)
    else pieces.length = 0
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(pieces)
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
    options: {
      port: { type: "string", default: "8080" },
      key: { type: "string" },
      rate: { type: "string" },
      test: { type: "boolean" },
      recordings: { type: "string" },
    },
  })
  const server = await startDemoServer({
    port: Number(values.port),
    apiKey: values.key,
    testMode: values.test,
    recordings: values.recordings ? new Recordings(values.recordings) : undefined,
    tokensPerSecond: values.rate ? Number(values.rate) : undefined,
  })
  console.info(`The demo model is running at ${server.url}`)
}
