/** Servers owned by a test, which it may stop. */
import { type ChildProcess, spawn } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { Redis, type RedisOptions } from "ioredis"

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}

/** PEM files. */
export interface Certificate {
  key: string
  certificate: string
}

/** A redis-server owned by a test. */
export class OwnRedis {
  private child: ChildProcess | null = null
  private readonly dir = mkdtempSync(path.join(tmpdir(), "redis-"))

  private constructor(
    readonly port: number,
    readonly password: string,
    private readonly tls: Certificate | null,
  ) {}

  /** With a certificate, it only accepts TLS. `more`: additional arguments. */
  static async start(password = "", tls: Certificate | null = null, more: string[] = []): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), password, tls)
    await redis.begin(more)
    return redis
  }

  get url(): string {
    return `${this.tls ? "rediss" : "redis"}://${this.password ? `:${encodeURIComponent(this.password)}@` : ""}127.0.0.1:${this.port}`
  }

  /** Starts it, empty; resolves when it responds. */
  async begin(more: string[] = []): Promise<void> {
    const { tls } = this
    const ports = tls
      ? ["--port", "0", "--tls-port", String(this.port), "--tls-cert-file", tls.certificate, "--tls-key-file", tls.key]
      : ["--port", String(this.port)]
    const secure = tls ? ["--tls-auth-clients", "no"] : []
    const args = [...ports, ...secure, "--bind", "127.0.0.1", "--dir", this.dir, "--save", "", ...more]
    this.child = spawn("redis-server", [...args, ...(this.password ? ["--requirepass", this.password] : [])], {
      stdio: "ignore",
    })
    const redis = this.connection({ retryStrategy: () => 20, maxRetriesPerRequest: null })
    redis.on("error", () => {})
    await redis.ping()
    redis.disconnect()
  }

  /** Sends it a command, such as CONFIG SET. */
  async tell(...command: [string, ...string[]]): Promise<unknown> {
    const redis = this.connection()
    const [name, ...args] = command
    const answer = await redis.call(name, ...args)
    redis.disconnect()
    return answer
  }

  private connection(options: RedisOptions = {}): Redis {
    const tls = this.tls && { tls: { ca: readFileSync(this.tls.certificate) } }
    return new Redis(this.url, { ...options, ...tls })
  }

  signal(name: "SIGSTOP" | "SIGCONT"): void {
    this.child?.kill(name)
  }

  async stop(): Promise<void> {
    const { child } = this
    this.child = null
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once("exit", resolve))
    child.kill("SIGKILL")
    await gone
  }

  async close(): Promise<void> {
    await this.stop()
    rmSync(this.dir, { recursive: true, force: true })
  }
}
