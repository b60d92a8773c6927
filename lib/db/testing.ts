import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import pg from "pg"
import { type Database, openDatabase } from "@/lib/db/client"
import { migrate } from "@/lib/db/migrate"
import { singleton } from "@/lib/singleton"

export interface TestDatabase {
  database: Database
  dataDir: string
  close(): Promise<void>
}

/**
 * A fresh migrated database in a folder of its own, which `db()` and `config()` of this process use from now on:
 * SQLite, or the given empty PostgreSQL database. Call once per test file, before anything else uses them.
 */
export async function withTestDb(postgresUrl?: string): Promise<TestDatabase> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-"))
  process.env.DATA_DIR = dataDir
  const databaseUrl = postgresUrl ?? `file:${path.join(dataDir, "sparkler.db")}`
  process.env.DATABASE_URL = databaseUrl
  await migrate(databaseUrl)
  const database = singleton("db", () => openDatabase(databaseUrl))
  return {
    database,
    dataDir,
    close: async () => {
      await database.$disconnect()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

interface EmptyPostgres {
  url: string
  drop(): Promise<void>
}

/** An empty PostgreSQL database on the server of `TEST_POSTGRES_URL` or of this machine; null if none responds. */
export async function emptyPostgres(): Promise<EmptyPostgres | null> {
  const server = process.env.TEST_POSTGRES_URL ?? "postgresql://root@127.0.0.1:5432/postgres"
  const name = `sparkler_test_${randomBytes(6).toString("hex")}`
  const client = await connected(server)
  if (!client) return null
  // template1 may be in use by another process that creates one at the same time. Uses a language's collation, like
  // most servers.
  await client
    .query(`CREATE DATABASE "${name}" TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'`)
    .finally(() => client.end())
  const url = new URL(server)
  url.pathname = `/${name}`
  const drop = async () => {
    const again = await connected(server)
    await again?.query(`DROP DATABASE "${name}" WITH (FORCE)`).finally(() => again.end())
  }
  return { url: url.href, drop }
}

async function connected(url: string): Promise<pg.Client | null> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 60_000 })
  return client.connect().then(
    () => client,
    () => null,
  )
}
