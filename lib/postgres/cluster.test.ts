/**
 * Tests with a separate PostgreSQL server: several processes starting at once, server restarts, TLS, error messages.
 */
import { execFileSync, fork } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import { raw } from "@/lib/db/client"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { migrate } from "@/lib/db/migrate"
import { type TestDatabase, withTestDb } from "@/lib/db/testing"
import { type Cluster, startCluster } from "@/lib/postgres/cluster.fixture"
import { connectPostgres } from "@/lib/postgres/connect"

const cluster = await startCluster()
if (cluster) cases(cluster)
else withoutPostgres()

async function newDatabase({ url }: Cluster, name: string): Promise<string> {
  const client = await connectPostgres(url)
  await client.query(`CREATE DATABASE ${name}`).finally(() => client.end())
  return url.replace(/postgres$/, name)
}

function cases(cluster: Cluster): void {
  let testDb: TestDatabase
  const folder = mkdtempSync(path.join(tmpdir(), "sparkler-tls-"))
  beforeAll(async () => {
    process.env.DATABASE_POOL = "3"
    process.env.DATABASE_STATEMENT_TIMEOUT_S = "7"
    testDb = await withTestDb(await newDatabase(cluster, "app"))
  })
  afterAll(async () => {
    await testDb.close()
    await cluster.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  test("of five processes starting concurrently on an empty database, each migration is applied by one", async () => {
    const url = await newDatabase(cluster, "five")
    const children = Array.from({ length: 5 }, () =>
      fork(path.join(import.meta.dirname, "migrate-process.fixture.ts"), [url], { execArgv: ["--import", "tsx"] }),
    )
    await Promise.all(children.map((child) => once(child, "message")))
    const done = children.map((child) => once(child, "message"))
    for (const child of children) child.send("go")
    const applied = (await Promise.all(done)).flatMap(([names]: string[][]) => names ?? [])
    expect(applied.length).toBeGreaterThan(20)
    expect(new Set(applied).size).toBe(applied.length)
    expect(await migrate(url)).toEqual([])
    const client = await connectPostgres(url)
    await client
      .query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_next', now())`,
      )
      .finally(() => client.end())
    await expect(migrate(url)).rejects.toThrow("29990101000000_next, which this version doesn't know")
  })

  test("the pool size is limited, and statements time out", async () => {
    const here = await raw().read({ sql: "SHOW statement_timeout", values: [] })
    expect(here).toEqual([{ statement_timeout: "7s" }])
    expect(await raw().read({ sql: "SHOW random_page_cost", values: [] })).toEqual([{ random_page_cost: "1.1" }])
    await Promise.all(Array.from({ length: 12 }, () => raw().read({ sql: "SELECT pg_sleep(0.02)", values: [] })))
    // Connections of the processes above may take a moment to close.
    const open = () =>
      raw().read({
        sql: "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'sparkler'",
        values: [],
      })
    await expect.poll(open).toEqual([{ n: 3 }])
  })

  test("while PostgreSQL is down, queries fail immediately; when it is back, they succeed again", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {})
    const { database } = testDb
    await database.user.create({ data: { id: "before" } })
    await Promise.all([database.user.count(), raw().read({ sql: "SELECT 1", values: [] })])
    await cluster.stop()
    await expect(database.user.count()).rejects.toThrow()
    await expect(raw().read({ sql: "SELECT 1", values: [] })).rejects.toThrow()
    await cluster.start()
    expect(await database.user.count()).toBe(1)
    expect(await raw().read({ sql: "SELECT 1 AS one", values: [] })).toEqual([{ one: 1 }])
    await database.user.create({ data: { id: "after" } })
    vi.restoreAllMocks()
  })

  test("startup waits until PostgreSQL is reachable", async () => {
    await cluster.stop()
    const waiting = connectPostgres(cluster.url, { waitMs: 120_000 })
    await cluster.start()
    await (await waiting).end()
  })

  test("an invalid database URL is reported without the password", async () => {
    const { host } = new URL(cluster.url)
    await expect(connectPostgres(`postgresql://root:hush@${host}/nowhere`)).rejects.toThrow(
      `DATABASE_URL can't be used: PostgreSQL at ${host}: the database doesn't exist`,
    )
    await expect(connectPostgres(`postgresql://root:hush@${host}/app?sslmode=verify-full`)).rejects.toThrow("TLS")
    await expect(connectPostgres("postgresql://root:hush@127.0.0.1:1/app")).rejects.toThrow("connection refused")
    await expect(connectPostgres("postgresql://root:hush@127.0.0.1:1/app")).rejects.not.toThrow("hush")
  })

  test("TLS: only the configured certificate authority is trusted", async () => {
    const file = (name: string) => path.join(folder, name)
    const openssl = (...args: string[]) => execFileSync("openssl", args, { stdio: "pipe" })
    const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl(
      ...["req", "-x509", ...key, "-keyout", file("key"), "-out", file("crt"), "-days", "2", "-subj", "/CN=127.0.0.1"],
      ...["-addext", "subjectAltName=IP:127.0.0.1"],
    )
    cluster.useTls(file("key"), file("crt"))
    await cluster.stop()
    await cluster.start()
    const secured = `${cluster.url}?sslmode=verify-full`
    await expect(connectPostgres(secured)).rejects.toThrow(
      "isn't trusted; set its certificate authority with sslrootcert",
    )
    const client = await connectPostgres(`${secured}&sslrootcert=${file("crt")}`)
    const { rows } = await client.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    await client.end()
    expect(rows).toEqual([{ ssl: true }])
  })
}
