/** Reads and writes an entire SQLite database. */
import { setImmediate as nextTurn } from "node:timers/promises"
import Sqlite from "better-sqlite3"
import {
  Batch,
  type Column,
  CopyError,
  columnOf,
  inOrder,
  isCopied,
  type Kind,
  quoted,
  type Row,
  type Source,
  type Table,
  type Target,
} from "@/lib/db/copy/tables"

const KINDS: Record<string, Kind> = {
  TEXT: "text",
  INTEGER: "integer",
  BIGINT: "integer",
  REAL: "real",
  BOOLEAN: "boolean",
  DATETIME: "date",
  JSONB: "json",
}

function tablesOf(database: Sqlite.Database): Table[] {
  const names = database.prepare<[], string>(`SELECT name FROM sqlite_master WHERE type = 'table'`).pluck().all()
  return inOrder(
    names.filter(isCopied).map((name) => ({
      name,
      columns: database
        .prepare<[string], { name: string; type: string }>(`SELECT name, type FROM pragma_table_info(?)`)
        .all(name)
        .map((column) => columnOf(name, column.name, column.type, KINDS[column.type])),
      references: database
        .prepare<[string], string>(`SELECT DISTINCT "table" FROM pragma_foreign_key_list(?)`)
        .pluck()
        .all(name),
    })),
  )
}

function migrationsOf(database: Sqlite.Database): string[] {
  const there = database.prepare(`SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'`).get()
  if (!there) return []
  return database
    .prepare<[], string>(
      `SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY migration_name`,
    )
    .pluck()
    .all()
}

/**
 * One value as written by Prisma, or by a column default. Throws `CopyError` for anything that would differ elsewhere.
 */
function fromSqlite(value: unknown, { name, kind }: Column, table: string): Row[number] {
  if (value === null) return null
  const wrong = () => new CopyError(`A value of ${table}.${name} can't be copied: it isn't of type ${kind}.`)
  if (kind === "date") return dateOf(value) ?? fail(wrong())
  if (kind === "boolean") return value === 1 || value === 0 ? value === 1 : fail(wrong())
  if (kind === "integer") return Number.isSafeInteger(value) ? Number(value) : fail(wrong())
  if (kind === "real") return typeof value === "number" && Number.isFinite(value) ? value : fail(wrong())
  return typeof value === "string" ? value : fail(wrong())
}

function fail(error: CopyError): never {
  throw error
}

/** `2026-11-30T10:00:00.000+00:00`, `2026-11-30 10:00:00` (UTC, a column default), or milliseconds. */
function dateOf(value: unknown): string | null {
  const text = String(value)
  const date =
    typeof value === "number" ? new Date(value) : new Date(/[Z+]/.test(text) ? text : `${text.replace(" ", "T")}Z`)
  return Number.isNaN(date.getTime()) ? null : date.toISOString()
}

const toSqlite = (value: Row[number], { kind }: Column) => {
  if (typeof value === "boolean") return value ? 1 : 0
  return kind === "date" && typeof value === "string" ? value.replace("Z", "+00:00") : value
}

async function* rowsOf(database: Sqlite.Database, { name, columns }: Table): AsyncGenerator<Row[]> {
  const columnList = columns.map((column) => quoted(column.name)).join(", ")
  const found = database
    .prepare<[], unknown[]>(`SELECT ${columnList} FROM ${quoted(name)}`)
    .raw()
    .iterate()
  const batch = new Batch()
  for (const values of found) {
    const row = columns.map((column, n) => fromSqlite(values[n], column, name))
    if (!batch.add(row)) continue
    yield batch.take()
    // Reads run on this thread, so this yields between two batches.
    await nextTurn()
  }
  yield batch.take()
}

/** The database may be in use: concurrent writes are not seen. Throws if there is no such file. */
export async function sqliteSource(file: string): Promise<Source> {
  const database = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: 5_000 })
  try {
    database.exec("BEGIN")
    // The snapshot is taken at the first read.
    const [migrations, tables] = [migrationsOf(database), tablesOf(database)]
    const close = async () => void database.close()
    return { tables, migrations, rows: (table) => rowsOf(database, table), close }
  } catch (error) {
    database.close()
    throw error
  }
}

/** A migrated file. It is locked against other writers until it is closed. */
export async function sqliteTarget(file: string): Promise<Target> {
  const database = new Sqlite(file, { fileMustExist: true, timeout: 5_000 })
  try {
    database.pragma("foreign_keys = OFF")
    database.exec("BEGIN IMMEDIATE")
    const inserts = new Map<string, Sqlite.Statement<unknown[]>>()
    return {
      tables: tablesOf(database),
      migrations: migrationsOf(database),
      strict: false,
      rows: (table) => rowsOf(database, table),
      insert: async ({ name, columns }, rows) => {
        const sql = `INSERT INTO ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(", ")})
          VALUES (${columns.map(() => "?").join(", ")})`
        const insert = inserts.get(name) ?? database.prepare<unknown[]>(sql)
        inserts.set(name, insert)
        for (const row of rows)
          insert.run(...row.map((value, n) => toSqlite(value, columns[n] ?? fail(new CopyError(name)))))
        await nextTurn()
      },
      commit: async () => {
        const broken = database.pragma("foreign_key_check")
        if (Array.isArray(broken) && broken.length > 0)
          throw new CopyError(`${broken.length} rows reference rows that don't exist.`)
        database.exec("COMMIT")
      },
      close: async () => void database.close(),
    }
  } catch (error) {
    database.close()
    throw error
  }
}
