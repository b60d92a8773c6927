/**
 * Forward-only migrations at startup, without Prisma's CLI (which needs a binary from a host that many networks don't
 * reach). Leaves `_prisma_migrations` as the CLI would, so that `prisma migrate status` agrees.
 */
import { createHash, randomUUID } from "node:crypto"
import { mkdirSync, readdirSync, readFileSync } from "node:fs"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { isPostgres, sqliteFile } from "@/lib/db/client"
import { connectPostgres } from "@/lib/postgres/connect"

interface Migration {
  name: string
  sql: string
  checksum: string
}

interface Applied {
  migration_name: string
  checksum: string
  finished_at: unknown
}

class MigrationError extends Error {
  override name = "MigrationError"
}

/** An arbitrary number, the same for every process: the ID of the advisory lock. */
const LOCK = 7_272_551

/** Milliseconds to wait at startup for a PostgreSQL server that is starting at the same time. */
const START_WAIT_MS = 30_000

const TABLE = (timestamp: string) => `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" ${timestamp},
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" ${timestamp},
  "started_at" ${timestamp} NOT NULL DEFAULT current_timestamp, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`

/** The migrations in `folder`, oldest first. */
function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name, "migration.sql"), "utf8")
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") }
    })
}

/** The migrations still to be applied. Throws `MigrationError` if the database and the files have diverged. */
function pendingMigrations(files: Migration[], applied: Applied[]): Migration[] {
  for (const row of applied) {
    const file = files.find((migration) => migration.name === row.migration_name)
    if (row.finished_at === null)
      throw new MigrationError(
        `The migration ${row.migration_name} failed midway earlier. Restore a backup, or repair the database manually.`,
      )
    if (!file)
      throw new MigrationError(
        `The database has the migration ${row.migration_name}, which this version doesn't know. It was created by a newer version: start that one.`,
      )
    if (file.checksum !== row.checksum)
      throw new MigrationError(
        `The migration ${row.migration_name} was changed after it was applied. Restore the released file.`,
      )
  }
  const done = new Set(applied.map((row) => row.migration_name))
  return files.filter((migration) => !done.has(migration.name))
}

function migrateSqlite(file: string, files: Migration[]): string[] {
  mkdirSync(path.dirname(file), { recursive: true })
  const connection = new Sqlite(file, { timeout: 5_000 })
  try {
    connection.pragma("journal_mode = WAL")
    connection.pragma("synchronous = FULL")
    // Rebuilding tables drops and renames them: foreign keys are checked once at the end instead.
    connection.pragma("foreign_keys = OFF")
    connection.exec(TABLE("DATETIME"))
    const done: string[] = []
    for (;;) {
      const name = nextSqliteMigration(connection, files)
      if (!name) return done
      done.push(name)
    }
  } finally {
    connection.close()
  }
}

/** Applies one migration; reads the list inside the transaction, so that two starting processes don't both apply it. */
function nextSqliteMigration(connection: Sqlite.Database, files: Migration[]): string | undefined {
  return connection
    .transaction(() => {
      const applied = connection
        .prepare<[], Applied>(
          `SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
        )
        .all()
      const [migration] = pendingMigrations(files, applied)
      if (!migration) return undefined
      connection.exec(migration.sql)
      const broken = connection.pragma("foreign_key_check")
      if (Array.isArray(broken) && broken.length > 0)
        throw new MigrationError(
          `The migration ${migration.name} leaves ${broken.length} orphaned rows. Nothing was changed.`,
        )
      const now = Date.now()
      connection
        .prepare(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES (?, ?, ?, ?, ?, 1)`,
        )
        .run(randomUUID(), migration.checksum, migration.name, now, now)
      return migration.name
    })
    .immediate()
}

async function migratePostgres(databaseUrl: string, files: Migration[]): Promise<string[]> {
  const client = await connectPostgres(databaseUrl, { waitMs: START_WAIT_MS })
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK])
    await client.query(TABLE("TIMESTAMPTZ"))
    const applied = await client.query<Applied>(
      `SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
    )
    const pending = pendingMigrations(files, applied.rows)
    for (const migration of pending) {
      await client.query("BEGIN")
      try {
        await client.query(migration.sql)
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
          [randomUUID(), migration.checksum, migration.name],
        )
        await client.query("COMMIT")
      } catch (cause) {
        await client.query("ROLLBACK")
        throw new MigrationError(`The migration ${migration.name} failed and was rolled back.`, { cause })
      }
    }
    return pending.map((migration) => migration.name)
  } finally {
    await client.end()
  }
}

const folderOf = (databaseUrl: string, root: string) =>
  path.join(root, isPostgres(databaseUrl) ? "postgresql/migrations" : "sqlite/migrations")

const here = () => path.join(process.cwd(), "prisma")

/**
 * Migrates the database to this version, or to `last`, the name of an earlier migration. Returns the names of the
 * migrations applied.
 */
export async function migrate(databaseUrl: string, root = here(), last?: string): Promise<string[]> {
  const all = readMigrations(folderOf(databaseUrl, root))
  const wanted = last === undefined ? all : all.filter(({ name }) => name <= last)
  return isPostgres(databaseUrl) ? migratePostgres(databaseUrl, wanted) : migrateSqlite(sqliteFile(databaseUrl), wanted)
}

/** Names of this version's migrations for that kind of database, oldest first. */
export const migrationNames = (databaseUrl: string, root = here()): string[] =>
  readMigrations(folderOf(databaseUrl, root)).map(({ name }) => name)
