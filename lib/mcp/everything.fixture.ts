/** The protocol's reference server (`@modelcontextprotocol/server-everything`), as a separate process on 127.0.0.1. */
import { type ChildProcess, spawn } from "node:child_process"
import { createServer } from "node:net"
import path from "node:path"

const PROGRAM = path.join(
  import.meta.dirname,
  "../../node_modules/@modelcontextprotocol/server-everything/dist/index.js",
)

export interface Everything {
  url: string
  port: number
  /** Kills it immediately, like a crash. */
  kill(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== "object" || address === null) throw new Error("no port")
  return address.port
}

export async function startEverything(port?: number): Promise<Everything> {
  const chosen = port ?? (await freePort())
  const child = spawn(process.execPath, [PROGRAM, "streamableHttp"], {
    env: { ...process.env, PORT: String(chosen) },
    stdio: ["ignore", "ignore", "pipe"],
  })
  await heard(child, "listening on port")
  return {
    ...{ url: `http://127.0.0.1:${chosen}/mcp`, port: chosen },
    kill: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once("exit", () => resolve())
        child.kill("SIGKILL")
      }),
  }
}

function heard(child: ChildProcess, words: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let told = ""
    child.stderr?.on("data", (data) => {
      told += data
      if (told.includes(words)) resolve()
    })
    child.once("exit", () => reject(new Error(`the server ended: ${told}`)))
  })
}
