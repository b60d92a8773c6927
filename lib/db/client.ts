import { mkdirSync } from "node:fs"
import path from "node:path"
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { PrismaPg } from "@prisma/adapter-pg"
import { config } from "@/lib/config"
import { PrismaClient as PostgresClient } from "@/lib/db/generated/postgresql/client"
import { PrismaClient } from "@/lib/db/generated/sqlite/client"
import { singleton } from "@/lib/singleton"

export type Database = PrismaClient
/** The client inside a transaction. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">

export const isPostgres = (databaseUrl: string) => /^postgres(ql)?:/.test(databaseUrl)

/** The file behind a `file:` address; relative ones are relative to the working directory. */
export const sqliteFile = (databaseUrl: string) => path.resolve(databaseUrl.replace(/^file:/, "").replace(/\?.*$/, ""))

/** A client for `databaseUrl`. Compiled against the SQLite client, the narrower of the two. */
export function openDatabase(databaseUrl: string): Database {
  if (isPostgres(databaseUrl)) {
    const client = new PostgresClient({ adapter: new PrismaPg({ connectionString: databaseUrl }) })
    // The one cast: `aggregate`'s generics refuse structural assignment between the generated clients.
    return client as unknown as Database
  }
  const file = sqliteFile(databaseUrl)
  mkdirSync(path.dirname(file), { recursive: true })
  return new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}`, timeout: 5_000 }) })
}

/**
 * Writes SQLite's log into the database and empties it: until then, what was deleted stands in it. Does nothing on
 * PostgreSQL, which recycles its log by itself.
 */
export async function emptyLog(): Promise<void> {
  if (!isPostgres(config().databaseUrl)) await db().$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)")
}

/** The client of this process. */
export function db(): Database {
  return singleton("db", () => openDatabase(config().databaseUrl))
}
