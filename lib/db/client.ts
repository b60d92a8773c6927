import { mkdirSync } from "node:fs"
import path from "node:path"
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import { PrismaPg } from "@prisma/adapter-pg"
import { config } from "@/lib/config"
import { PrismaClient as PostgresClient } from "@/lib/db/generated/postgresql/client"
import { PrismaClient } from "@/lib/db/generated/sqlite/client"
import { type RawDatabase, rawPostgres, rawSqlite, type SqliteAdapter } from "@/lib/db/raw"
import { pendingWrites, serializeWrites } from "@/lib/db/sqlite-turns"
import { postgresPool } from "@/lib/postgres/connect"
import { isCreated, singleton } from "@/lib/singleton"

export type Database = PrismaClient
/** The client inside a transaction. */
export type Transaction = Omit<Database, "$connect" | "$disconnect" | "$on" | "$use" | "$extends" | "$transaction">

export const isPostgres = (databaseUrl: string) => /^postgres(ql)?:/.test(databaseUrl)

/** The file of a `file:` URL; relative paths are relative to the working directory. */
export const sqliteFile = (databaseUrl: string) => path.resolve(databaseUrl.replace(/^file:/, "").replace(/\?.*$/, ""))

/** The raw statements of each client, and the queue for its connections. */
const raws = () => singleton("rawDatabases", () => new WeakMap<Database, RawDatabase>())
const queues = () => singleton("databaseQueues", () => new WeakMap<Database, () => DatabaseQueue>())

export interface DatabaseQueue {
  /** Transactions that wait for a connection; on SQLite, which has only one, for their turn. */
  waiting: number
  /** Open connections, and how many of them are idle. Unknown for SQLite's single one. */
  open: number
  idle: number
}

/** A client for `databaseUrl`. Typed as the SQLite client, the narrower of the two. */
export function openDatabase(databaseUrl: string): Database {
  const { client, raw, queue } = isPostgres(databaseUrl) ? openPostgres(databaseUrl) : openSqlite(databaseUrl)
  raws().set(client, raw)
  queues().set(client, queue)
  return client
}

function openPostgres(connectionString: string) {
  const pool = postgresPool(connectionString)
  const postgres = new PostgresClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) })
  // The only cast: the generics of `aggregate` prevent structural assignment between the generated clients.
  const queue = () => ({ waiting: pool.waitingCount, open: pool.totalCount, idle: pool.idleCount })
  return { client: postgres as unknown as Database, raw: rawPostgres(pool), queue }
}

function openSqlite(databaseUrl: string) {
  const file = sqliteFile(databaseUrl)
  mkdirSync(path.dirname(file), { recursive: true })
  const factory = new PrismaBetterSqlite3({ url: `file:${file}`, timeout: 5_000 })
  let connected: SqliteAdapter | undefined
  const connect = async () => {
    connected = serializeWrites(await factory.connect())
    return connected
  }
  const { provider, adapterName } = factory
  const client: Database = new PrismaClient({ adapter: { provider, adapterName, connect } })
  const connection = async () => {
    if (!connected) await client.$connect()
    if (!connected) throw new Error("Prisma connected to something else")
    return connected
  }
  const queue = () => ({ waiting: connected ? pendingWrites(connected) : 0, open: connected ? 1 : 0, idle: 0 })
  return { client, raw: rawSqlite(connection), queue }
}

/**
 * Writes SQLite's log into the database and truncates it: until then, it still contains deleted data. Does nothing on
 * PostgreSQL, which recycles its log itself.
 */
export async function checkpointWal(): Promise<void> {
  if (!isPostgres(config().databaseUrl)) await db().$queryRawUnsafe("PRAGMA wal_checkpoint(TRUNCATE)")
}

/** Raw statements on the connections of `db()`. */
export function raw(): RawDatabase {
  const own = raws().get(db())
  if (!own) throw new Error("this database wasn't opened here")
  return own
}

/** The queue for the connections of `db()`. */
export const databaseQueue = (): DatabaseQueue => queues().get(db())?.() ?? { waiting: 0, open: 0, idle: 0 }

/** A list of IDs in a statement, as a single JSON value so that the statement text stays the same. */
export const idList = () =>
  isPostgres(config().databaseUrl)
    ? "(SELECT * FROM json_array_elements_text(?::json))"
    : "(SELECT value FROM json_each(?))"

/** The client of this process. */
export function db(): Database {
  return singleton("db", () => openDatabase(config().databaseUrl))
}

/** Closes the connections of this process, if any. */
export async function closeDatabase(): Promise<void> {
  if (isCreated("db")) await db().$disconnect()
}
