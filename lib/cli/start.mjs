/** `npm start`: installs, generates, builds if sources changed, and serves. */
import { spawn } from "node:child_process"
import { createServer } from "node:net"
import readline from "node:readline"
import "../server/lost-output.mjs"
import { SERVER_ARGS, SERVER_ENV } from "../server/server-args.mjs"
import { workersIn } from "../server/workers-setting.mjs"
import { loadSettings, PrepareError, prepare, QUIET, ROOT, say } from "./prepare.mjs"

/** Easier to find after the line with the page's address. */
const SETUP_LINK = /\/setup#/
const BANNER = /^\s*(▲ Next|- Local|- Network|✓ (Starting|Ready|Running next\.config)|$)/

function portIsFree(port, host) {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once("error", (error) =>
      error.code === "EADDRINUSE"
        ? resolve(false)
        : reject(new PrepareError(`HOST or PORT is wrong: ${error.message}`)),
    )
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

const shownHost = (host) => (["127.0.0.1", "0.0.0.0", "::", "localhost"].includes(host) ? "localhost" : host)

async function untilReady(address, child) {
  while (child.exitCode === null && child.signalCode === null) {
    const healthy = await fetch(`${address}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

function serve(port, host) {
  // In its own process group: Ctrl+C arrives here and is forwarded once.
  const child = spawn(process.execPath, [...SERVER_ARGS, String(port), host], {
    cwd: ROOT,
    env: {
      ...SERVER_ENV,
      ...process.env,
      ...QUIET,
      PORT: String(port),
      NODE_ENV: "production",
      NEXT_MANUAL_SIG_HANDLE: "true",
      // Redirects pages opened by IP address to the name that is printed here (lib/http/one-name.ts).
      SPARKLER_BY_NAME: shownHost(host) === "localhost" ? "1" : "",
    },
    stdio: ["ignore", "pipe", "inherit"],
    detached: process.platform !== "win32",
  })
  const held = []
  let ready = false
  readline.createInterface({ input: child.stdout }).on("line", (line) => {
    if (!ready && SETUP_LINK.test(line)) held.push(line)
    else if (!BANNER.test(line)) say(line)
  })
  const sayReady = (line) => {
    ready = true
    for (const each of [line, ...held]) say(each)
  }
  // SIGHUP restarts workers one by one; a single process is terminated by it.
  const hangUp = workersIn(process.env.WORKERS) > 1 ? "SIGHUP" : "SIGTERM"
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
    process.on(signal, () => child.kill(signal === "SIGHUP" ? hangUp : signal))
  // npm sends SIGTERM to a shell that doesn't forward it: a missing parent process means the same.
  const parent = process.ppid
  const look = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(look)
    child.kill("SIGTERM")
  }, 1_000).unref()
  child.on("exit", (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
  return { child, sayReady }
}

async function main() {
  say("Sparkler")
  await prepare()
  await loadSettings()
  const port = Number(process.env.PORT || 3000)
  const host = process.env.HOST || "127.0.0.1"
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new PrepareError("PORT is wrong (allowed: a whole number from 0 to 65535).")
  if (!(await portIsFree(port, host)))
    throw new PrepareError(
      `Port ${port} is in use, perhaps by another Sparkler. Stop it, or choose another port: PORT=3001 npm start`,
    )
  const { child, sayReady } = serve(port, host)
  const shown = shownHost(host)
  const asked = ["0.0.0.0", "::"].includes(host) ? "127.0.0.1" : host
  if (await untilReady(`http://${asked.includes(":") ? `[${asked}]` : asked}:${port}`, child))
    sayReady(`Sparkler is ready on http://${shown}:${port}`)
}

main().catch((error) => {
  console.error(error instanceof PrepareError ? `\n${error.message}` : error)
  process.exit(1)
})
