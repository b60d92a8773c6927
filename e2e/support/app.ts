/** The production build of Sparkler as a separate process with its own data folder. */
import { type ChildProcess, spawn } from "node:child_process"
import { randomInt } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { SERVER_ARGS, SERVER_ENV } from "@/lib/server/server-args.mjs"

export interface App {
  url: string
  dataDir: string
  pid: number
  /** All of its output, stdout and stderr. */
  log(): string
  /** Shuts it down gracefully (`SIGINT`: immediately); resolves with its exit code. */
  stop(signal?: "SIGTERM" | "SIGINT"): Promise<number | null>
  /** Kills it like a crash. */
  kill9(): Promise<void>
}

interface AppOptions {
  env?: Record<string, string>
  /** An existing folder, for a restart; if omitted, a new one is created and removed. */
  dataDir?: string
  port?: number
  /** The folder of a build; by default this one. */
  root?: string
}

const ROOT = path.resolve(import.meta.dirname, "../..")
const CLOSED = "http://127.0.0.1:9"

/** Ports outside the range that the system assigns: a free one stays free until the app listens. */
const [FIRST_PORT, PORTS] = [20_000, 12_000]

export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + randomInt(PORTS)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false))
      server.listen(port, "127.0.0.1", () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => server.close(resolve))
    return port
  }
}

/** A process that hasn't responded yet; `exited` settles with its exit code. */
export function launch({ env = {}, dataDir, port, root = ROOT }: AppOptions & { dataDir: string; port: number }) {
  const child: ChildProcess = spawn(process.execPath, [...SERVER_ARGS, String(port), "127.0.0.1"], {
    cwd: root,
    env: {
      ...SERVER_ENV,
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      NEXT_MANUAL_SIG_HANDLE: "true",
      PORT: String(port),
      DATA_DIR: dataDir,
      // Any free port: the next one may be used by another test.
      SANDBOX_PORT: "0",
      // No external services: anything that a test doesn't set is unreachable.
      OLLAMA_URL: CLOSED,
      WEATHER_URL: CLOSED,
      GEOCODING_URL: CLOSED,
      // Every test is a different guest, from the same address.
      NEW_GUESTS_PER_HOUR: "1000000",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (data) => {
      output += data
    })
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)))
  return { child, exited, log: () => output }
}

export async function startApp(options: AppOptions = {}): Promise<App> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), "sparkler-e2e-"))
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${port}`
  const { child, exited, log } = launch({ ...options, dataDir, port })
  await untilHealthy(url, child, log)
  const end = async (signal: "SIGTERM" | "SIGINT" | "SIGKILL") => {
    child.kill(signal)
    const code = await exited
    if (!options.dataDir && signal !== "SIGKILL") rmSync(dataDir, { recursive: true, force: true })
    return code
  }
  return {
    url,
    dataDir,
    pid: child.pid ?? 0,
    log,
    stop: (signal = "SIGTERM") => end(signal),
    kill9: async () => void (await end("SIGKILL")),
  }
}

async function untilHealthy(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the app exited at startup:\n${log()}`)
    const healthy = await fetch(`${url}/api/health`).then(
      (response) => response.ok,
      () => false,
    )
    if (healthy) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
