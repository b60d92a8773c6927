/**
 * The server's process: Next.js, and before it the files of the build, which are sent as Brotli where the browser takes
 * it (Next.js knows gzip only, a sixth larger). Event streams are written here too (lib/http/hand-over.ts). Started by `npm start` and the tests as `node lib/cli/server.mjs PORT HOST`.
 */
import { createServer } from "node:http"
import path from "node:path"
import next from "next"
import sirv from "sirv"
import { takeOver } from "./take-over.mjs"

const ROOT = path.resolve(import.meta.dirname, "../..")
const FILES = "/_next/static/"

const [port = "3000", hostname = "127.0.0.1"] = process.argv.slice(2)
const app = next({ dev: false, dir: ROOT, port: Number(port), hostname })
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
const server = createServer((request, response) => {
  if (!request.url?.startsWith(FILES)) {
    takeOver(response)
    return handle(request, response)
  }
  const { url } = request
  request.url = url.slice(FILES.length - 1)
  files(request, response, () => {
    request.url = url
    handle(request, response)
  })
})
server.on("error", (error) => {
  console.error(`Sparkler can't listen on ${hostname}:${port}: ${error.message}`)
  process.exit(1)
})
server.listen(Number(port), hostname)
