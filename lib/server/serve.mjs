/**
 * A process that serves: Next.js, and before it the files of the build, which are sent as Brotli where the browser takes
 * it (Next.js knows gzip only, a sixth larger). Event streams are written here too (lib/http/hand-over.ts). `server.mjs` starts it.
 */
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import path from "node:path"
import next from "next"
import sirv from "sirv"

import { ownName } from "./address.mjs"
import { createClosing } from "./closing.mjs"
import { answerDirectly } from "./direct.mjs"
import { isPage, letIn, onClientError, refuseExpectation } from "./door.mjs"
import { observed } from "./observe.mjs"
import { inTurn } from "./pages.mjs"
import { markPeer } from "./peer.mjs"
import { leadElsewhere } from "./place.mjs"
import { routeNames } from "./routes.mjs"
import { takeOver } from "./take-over.mjs"
import { warm } from "./warm.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")
const FILES = "/_next/static/"
/** The scripts of the frame in which diagrams are drawn; `app/api/diagrams` has them where there is no build. */
const DIAGRAMS = "/api/diagrams/"

const [port = "3000", hostname = "127.0.0.1"] = process.argv.slice(2)
// As Next.js's own standalone server does: to read next.config.ts it would load a compiler, which stays in memory.
const built = JSON.parse(readFileSync(path.join(ROOT, ".next/required-server-files.json"), "utf8"))
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(built.config)

const app = next({ dev: false, dir: ROOT, port: Number(port), hostname: ownName(hostname) })
const handle = app.getRequestHandler()
await app.prepare()

// Read once: a build never changes under a running server, and what isn't there is Next's to say.
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
    // The frame has no origin, so it reads them as a stranger.
    response.setHeader("Access-Control-Allow-Origin", "*")
    const kept = name.includes("/chunks/") ? "public,max-age=31536000,immutable" : "public,max-age=3600"
    response.setHeader("Cache-Control", kept)
  },
})

/** Answers with a file below `prefix`, or as Next.js does. */
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
  if (!letIn(request, response)) return
  markPeer(request)
  takeOver(response)
  if (answerDirectly(request, response)) return
  if (request.url.startsWith(FILES)) answer(files, FILES, request, response)
  else if (request.url.startsWith(DIAGRAMS)) answer(diagrams, DIAGRAMS, request, response)
  else if (isPage(request.url))
    leadElsewhere(request, response, () => inTurn(response, () => handle(request, response)))
  else handle(request, response)
}

await warm(listener)
const routeOf = routeNames(JSON.parse(readFileSync(path.join(ROOT, ".next/routes-manifest.json"), "utf8")))
const trustsProxy = Number(process.env.TRUSTED_PROXIES) > 0
// Longer than proxies and load balancers keep theirs, mostly 60 s: who closes first while a request is on its way breaks it.
const server = createServer({ keepAliveTimeout: 75_000 }, observed(listener, routeOf, trustsProxy))
server.on("clientError", onClientError)
server.on("checkExpectation", refuseExpectation)
server.on("error", (error) => {
  console.error(`Sparkler can't listen on ${hostname}:${port}: ${error.message}`)
  process.exit(1)
})
closing.over(server)
// Where there are several, the one that started this (workers.mjs) waits for it.
server.listen(Number(port), hostname, () => process.send?.("ready"))
