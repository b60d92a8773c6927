/** Three processes behind nginx, with their own PostgreSQL and Redis: all of them can be stopped and restarted. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import pg from "pg"
import { forkFixture } from "@/lib/fork.fixture"

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject)
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0))
    })
  })
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1")
    socket.once("error", () => resolve(false))
    socket.once("connect", () => {
      socket.end()
      resolve(true)
    })
  })

const BINARIES = "/usr/lib/postgresql"
const NGINX = ["/usr/sbin/nginx", "/usr/bin/nginx"].find(existsSync)

/** The programs that these tests need and this machine lacks; null if none. */
export const missing = (): string | null => {
  if (!NGINX) return "nginx"
  if (!existsSync(BINARIES)) return "PostgreSQL's own programs"
  return existsSync("/usr/bin/redis-server") ? null : "redis-server"
}

/** A PostgreSQL cluster owned by a test. */
export class OwnPostgres {
  private readonly dir = mkdtempSync(path.join(tmpdir(), "postgres-"))
  private readonly data = path.join(this.dir, "data")
  private readonly bin = path.join(BINARIES, readdirSync(BINARIES).toSorted().at(-1) ?? "", "bin")

  private constructor(private readonly port: number) {}

  static async start(): Promise<OwnPostgres> {
    const made = new OwnPostgres(await freePort())
    chmodSync(made.dir, 0o711)
    mkdirSync(made.data)
    if (process.getuid?.() === 0) chownSync(made.data, made.userId(), made.userId())
    made.run("initdb", ["-D", made.data, "-A", "trust", "-U", "root", "--no-sync"])
    made.begin()
    return made
  }

  get url(): string {
    return `postgresql://root@127.0.0.1:${this.port}/postgres`
  }

  begin(): void {
    const options = `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''`
    this.run("pg_ctl", ["-D", this.data, "-w", "-l", path.join(this.data, "log"), "-o", options, "start"])
  }

  stop(): void {
    this.run("pg_ctl", ["-D", this.data, "-w", "-m", "fast", "stop"])
  }

  close(): void {
    this.run("pg_ctl", ["-D", this.data, "-w", "-m", "immediate", "stop"])
    rmSync(this.dir, { recursive: true, force: true })
  }

  private userId = () => Number(execFileSync("id", ["-u", "postgres"]))

  /** PostgreSQL refuses to run as root. */
  private run(program: string, args: string[]): void {
    const as = process.getuid?.() === 0 ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    const [command = "", ...rest] = [...as, path.join(this.bin, program), ...args]
    execFileSync(command, rest, { stdio: "ignore" })
  }

  async query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.url })
    await client.connect()
    const { rows } = await client.query(sql)
    await client.end()
    return rows
  }
}

/** A process that serves the chat routes. */
export class Server {
  private constructor(
    private readonly child: ChildProcess,
    readonly gone: Promise<unknown>,
  ) {}

  static async start(port: number, env: Record<string, string>): Promise<Server> {
    const child = forkFixture(path.join(import.meta.dirname, "serve.fixture.ts"), [String(port)], env)
    let said = ""
    child.stderr?.on("data", (text) => {
      said = `${said}${text}`.slice(-4_000)
    })
    const gone = new Promise((resolve) => child.once("exit", resolve))
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve())
      gone.then(() => reject(new Error(`the process exited before it was ready: ${said}`)))
    })
    return new Server(child, gone)
  }

  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    this.child.kill(signal)
    await this.gone
  }
}

/** nginx in front of processes on these ports, configured for streams as in README. */
export class Nginx {
  private constructor(
    private readonly child: ChildProcess,
    private readonly dir: string,
    readonly url: string,
  ) {}

  static async start(ports: number[]): Promise<Nginx> {
    const dir = mkdtempSync(path.join(tmpdir(), "nginx-"))
    const port = await freePort()
    const servers = ports.map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=1s;`).join(" ")
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${dir}/${name};`,
    )
    writeFileSync(
      path.join(dir, "nginx.conf"),
      `daemon off; pid ${dir}/pid; error_log ${dir}/error.log; worker_processes 1;
      ${process.getuid?.() === 0 ? "user root;" : ""}
      events { worker_connections 1024; }
      http { access_log off; ${temporary.join(" ")}
        upstream sparkler { ${servers} }
        server { listen 127.0.0.1:${port};
          location / { proxy_pass http://sparkler; proxy_http_version 1.1; proxy_buffering off; proxy_read_timeout 300s;
            proxy_set_header Host $http_host; proxy_next_upstream error timeout; proxy_connect_timeout 1s; }
          location /_next/static/ { proxy_pass http://sparkler; proxy_http_version 1.1; proxy_set_header Host $http_host;
            proxy_next_upstream error timeout http_404; proxy_next_upstream_tries 3; } } }`,
    )
    const child = spawn(NGINX ?? "nginx", ["-p", dir, "-c", path.join(dir, "nginx.conf")], { stdio: "ignore" })
    while (!(await accepts(port))) {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${readFileSync(path.join(dir, "error.log"), "utf8")}`)
      await wait(20)
    }
    return new Nginx(child, dir, `http://127.0.0.1:${port}`)
  }

  async close(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once("exit", resolve))
    this.child.kill("SIGTERM")
    await gone
    rmSync(this.dir, { recursive: true, force: true })
  }
}
