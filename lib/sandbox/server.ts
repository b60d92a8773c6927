/** The sandbox's server: a second origin of the same process, with no cookies, no data, and no routes except files. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"
import path from "node:path"
import sirv from "sirv"
import { config } from "@/lib/config"
import { sandboxFramePolicy } from "@/lib/http/csp"
import { logFault, logInfo } from "@/lib/log"
import { sandboxState } from "@/lib/sandbox/place"
import { wheelsIn } from "@/lib/sandbox/wheels"

const FILES = ".next/sandbox"

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Sandbox</title>
<body><script src="frame.js"></script></body>
</html>
`

const HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy":
    "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), clipboard-read=(), clipboard-write=()",
  "X-DNS-Prefetch-Control": "off",
  "Cross-Origin-Resource-Policy": "cross-origin",
  // A frame with an opaque origin reads its own files cross-origin.
  "Access-Control-Allow-Origin": "*",
}

/** Starts the server. If that fails, Sparkler continues without it and logs that no code can run. */
export async function startSandbox(): Promise<void> {
  const { sandbox, host, port, appUrl } = config()
  if (sandboxState().port !== null) return
  const server = createServer({ keepAliveTimeout: 75_000 }, listenerOf())
  try {
    sandboxState().port = await listen(
      server,
      host,
      sandbox.port ?? (port === 0 ? 0 : port + 1),
      sandbox.port === undefined,
    )
  } catch (error) {
    return logFault("The sandbox can't start, so models can't run code", error)
  }
  if (appUrl?.startsWith("https:") && !sandbox.url)
    logInfo("Models can't run code: set SANDBOX_URL to an https origin that leads to SANDBOX_PORT.")
}

/** The port it listens on. `any`: if this port is taken, uses any free one. */
function listen(server: Server, host: string, port: number, any: boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      if (!any || port === 0) return reject(error)
      resolve(listen(server, host, 0, false))
    })
    server.listen(port, host, () => {
      const address = server.address()
      // Doesn't keep the process alive.
      server.unref()
      if (typeof address === "object" && address) resolve(address.port)
      else reject(new Error("no port"))
    })
  })
}

function listenerOf() {
  const options = { brotli: true, etag: true, maxAge: 3_600 }
  const files = sirv(path.join(process.cwd(), FILES), options)
  const wheels = sirv(config().sandbox.wheelsDir, { ...options, dev: true, extensions: [] })
  const notFound = (response: ServerResponse) => () => void response.writeHead(404).end()
  return (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value)
    const [url = "/"] = (request.url ?? "/").split("?", 1)
    if (request.method !== "GET" && request.method !== "HEAD") return void response.writeHead(405).end()
    if (url === "/") return void frame(request, response)
    if (url === "/wheels.json") return void listWheels(response)
    if (!url.startsWith("/wheels/")) return files(request, response, notFound(response))
    if (!url.endsWith(".whl")) return notFound(response)()
    request.url = url.slice("/wheels".length)
    return wheels(request, response, notFound(response))
  }
}

function frame({ headers: { host = "" } }: IncomingMessage, response: ServerResponse): void {
  const { sandbox, appUrl, port } = config()
  // Only a valid host name may get into the policy.
  const asked = /^(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/.test(host) ? host : null
  const own = sandbox.url ?? (asked && `http://${asked}`)
  const app = appUrl ?? (asked && `http://${asked.replace(/:\d+$/, "")}:${port}`)
  if (!own || !app) return void response.writeHead(400).end()
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": sandboxFramePolicy(own, app),
  })
  response.end(PAGE)
}

async function listWheels(response: ServerResponse): Promise<void> {
  const found = await wheelsIn(config().sandbox.wheelsDir).catch((error: unknown) => {
    logFault("listing the folder of wheels", error)
    return []
  })
  const listed = found.map(({ name, modules }) => ({ url: `wheels/${encodeURIComponent(name)}`, modules }))
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache" })
  response.end(JSON.stringify(listed))
}
