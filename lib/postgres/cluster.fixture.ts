/** A PostgreSQL server owned by the test, which can be stopped and started: never the machine's. */
import { execFile, execFileSync } from "node:child_process"
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
} from "node:fs"
import { createServer } from "node:net"
import { tmpdir, userInfo } from "node:os"
import path from "node:path"
import { promisify } from "node:util"
import { z } from "zod"

const run = promisify(execFile)

function programs(): string | null {
  const root = "/usr/lib/postgresql"
  const newest = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a))[0] : undefined
  return newest ? path.join(root, newest, "bin") : null
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1")
  await new Promise((resolve) => server.once("listening", resolve))
  const { port } = z.object({ port: z.number() }).parse(server.address())
  await new Promise((resolve) => server.close(resolve))
  return port
}

export interface Cluster {
  /** Of its database `postgres`. */
  url: string
  start(): Promise<void>
  /** Closes all connections immediately. */
  stop(): Promise<void>
  /** Certificates for TLS, used from the next start: key and certificate in PEM. */
  useTls(key: string, certificate: string): void
  remove(): Promise<void>
}

/** A new, running cluster; null if PostgreSQL isn't installed. */
export async function startCluster(): Promise<Cluster | null> {
  const bin = programs()
  if (!bin) return null
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-cluster-"))
  const port = await freePort()
  const data = path.join(folder, "data")
  // PostgreSQL refuses to run as root.
  const asRoot = userInfo().uid === 0
  const owner = asRoot ? idsOf("postgres") : null
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const call = (program: string, ...args: string[]) => run(path.join(bin, program), args, { ...owner, cwd: folder })
  const ctl = (...args: string[]) => call("pg_ctl", "-D", data, "-w", "-l", path.join(folder, "log"), ...args)
  await call("initdb", "-D", data, "-A", "trust", "-U", "root", "-N", "--locale=C.UTF-8")
  appendFileSync(
    path.join(data, "postgresql.conf"),
    `\nport = ${port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\n`,
  )
  const stop = async () => void (await ctl("-m", "immediate", "stop"))
  const start = async () => void (await ctl("start"))
  await start()
  return {
    url: `postgresql://root@127.0.0.1:${port}/postgres`,
    start,
    stop,
    useTls: (key, certificate) => {
      for (const [from, name] of [
        [key, "server.key"],
        [certificate, "server.crt"],
      ] as const) {
        const to = path.join(data, name)
        copyFileSync(from, to)
        chmodSync(to, 0o600)
        if (owner) chownSync(to, owner.uid, owner.gid)
      }
      appendFileSync(path.join(data, "postgresql.conf"), "ssl = on\n")
    },
    remove: async () => {
      await stop().catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const idsOf = (user: string) => {
  const id = (which: string) => Number(execFileSync("id", [which, user]).toString())
  return { uid: id("-u"), gid: id("-g") }
}
