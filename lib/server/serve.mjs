/**
 * A serving process: Next.js, preceded by the build's static files, which are sent as Brotli if the browser accepts it
 * (Next.js supports only gzip, which is a sixth larger). Event streams are written here too (lib/http/hand-over.ts).
 * Started by `server.mjs`.
 */
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import path from "node:path"
import next from "next"
import sirv from "sirv"

import { nextHostName } from "./address.mjs"
import { createClosing } from "./closing.mjs"
import { handleDirectRoute } from "./direct.mjs"
import { isPage, onClientError, refuseExpectation, screenRequest } from "./door.mjs"
import { observed } from "./observe.mjs"
import { inTurn } from "./pages.mjs"
import { markPeer } from "./peer.mjs"
import { redirectIfElsewhere } from "./place.mjs"
import { routeNames } from "./routes.mjs"
import { takeOver } from "./take-over.mjs"
import { warm } from "./warm.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")
const FILES = "/_next/static/"
/** The scripts of the diagram frame; without a build, `app/api/diagrams` serves them. */
const DIAGRAMS = "/api/diagrams/"

const [port = "3000", hostname = "127.0.0.1"] = process.argv.slice(2)
// Like Next.js's own standalone server: to read next.config.ts it would load a compiler, which stays in memory.
const built = JSON.parse(readFileSync(path.join(ROOT, ".next/required-server-files.json"), "utf8"))
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config)

const app = next({ dev: false, dir: ROOT, port: Number(port), hostname: nextHostName(hostname) })
const handle = app.getRequestHandler()
await app.prepare()

// Read once: a build never changes under a running server, and missing files are left to Next.js.
const files = sirv(path.join(ROOT, ".next/static"), {
  brotli: true,
  immutable: true,
  maxAge: 31_536_000,
  etag: true,
  setHeaders: (response) => response.setHeader("X-Content-Type-Options", "nosniff"),
})
const diagrams = sirv(path.join(ROOT, ".next/static/diagrams"), {
  brotli: true,
  etag: true,
  setHeaders: (response, name) => {
    response.setHeader("X-Content-Type-Options", "nosniff")
    // The frame has no origin, so its requests are cross-origin.
    response.setHeader("Access-Control-Allow-Origin", "*")
    const kept = name.includes("/chunks/") ? "public,max-age=31536000,immutable" : "public,max-age=3600"
    response.setHeader("Cache-Control", kept)
  },
})

/** Serves a file below `prefix`, or falls back to Next.js. */
function answer(serve, prefix, request, response) {
  const { url } = request
  request.url = url.slice(prefix.length - 1)
  serve(request, response, () => {
    request.url = url
    handle(request, response)
  })
}

const closing = createClosing()

function listener(request, response) {
  closing.watch(response)
  if (!screenRequest(request, response)) return
  markPeer(request)
  takeOver(response)
  if (handleDirectRoute(request, response)) return
  if (request.url.startsWith(FILES)) answer(files, FILES, request, response)
  else if (request.url.startsWith(DIAGRAMS)) answer(diagrams, DIAGRAMS, request, response)
  else if (isPage(request.url))
    redirectIfElsewhere(request, response, () => inTurn(response, () => handle(request, response)))
  else handle(request, response)
}

await warm(listener)
const routeOf = routeNames(JSON.parse(readFileSync(path.join(ROOT, ".next/routes-manifest.json"), "utf8")))
const trustsProxy = Number(process.env.TRUSTED_PROXIES) > 0
// Longer than the keep-alive of proxies and load balancers, usually 60 s: closing first would break a request in
// flight.
const server = createServer({ keepAliveTimeout: 75_000 }, observed(listener, routeOf, trustsProxy))
server.on("clientError", onClientError)
server.on("checkExpectation", refuseExpectation)
server.on("error", (error) => {
  console.error(`Sparkler can't listen on ${hostname}:${port}: ${error.message}`)
  process.exit(1)
})
closing.over(server)
// With several workers, the parent process (workers.mjs) waits for this message.
server.listen(Number(port), hostname, () => process.send?.("ready"))
