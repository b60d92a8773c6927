/**
 * Raw prepared statements for what every question and answer does, where Prisma would take several times the CPU time
 * of the database. They run on Prisma's own connections, taking turns with its transactions.
 */
import type { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3"
import Sqlite from "better-sqlite3"
import pg from "pg"

/** Prisma's side of a connection. */
export type SqliteAdapter = Awaited<ReturnType<PrismaBetterSqlite3["connect"]>>

type Value = string | number | boolean | null | Date

export interface Statement {
  /** The same text each time, with `?` as placeholder and no other question mark. */
  sql: string
  values: Value[]
  /**
   * If it changes no row, it fails and rolls back the transaction: with `isMissingRow`, or with the error from this
   * function.
   */
  must?: boolean | (() => Error)
}

type Row = Record<string, unknown>

export interface RawDatabase {
  /** Rows as stored: on SQLite, JSON and dates are strings (`jsonOf`). */
  read(statement: Statement): Promise<Row[]>
  /** All or nothing. */
  transact(statements: Statement[]): Promise<void>
  /** The same; returns the rows of `last`, which runs after the statements. */
  transactAndRead(statements: Statement[], last: Statement): Promise<Row[]>
}

/** A row to change doesn't exist, or not in the required state. */
export class MissingRow extends Error {
  override name = "MissingRow"
}

const faultOf = (must: true | (() => Error), sql: string) => (must === true ? new MissingRow(sql) : must())

/** A JSON column of a row. */
export const jsonOf = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : value)

/** A date column of a row. */
export const dateOf = (value: unknown): Date => (value instanceof Date ? value : new Date(String(value)))

/** A nullable date column. */
export const dateOrNull = (value: unknown): Date | null => (value === null ? null : dateOf(value))

/**
 * For SQLite. A transaction runs in a single turn of the event loop, so that no other statement gets into it; it waits
 * for one that Prisma has open.
 */
export function rawSqlite(connection: () => Promise<SqliteAdapter>): RawDatabase {
  const prepared = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement<unknown[], Row>>>()
  const prepare = (database: Sqlite.Database, sql: string) => {
    const known = prepared.get(database) ?? new Map()
    prepared.set(database, known)
    const statement = known.get(sql) ?? database.prepare<unknown[], Row>(sql)
    known.set(sql, statement)
    return statement
  }
  const transact = async (statements: Statement[], last: Statement | null) => {
    const adapter = await connection()
    const database = databaseOf(adapter)
    const held = await adapter.startTransaction()
    try {
      for (const { sql, values, must } of statements) {
        const { changes } = prepare(database, sql).run(...values.map(sqliteValue))
        if (must && changes === 0) throw faultOf(must, sql)
      }
      const rows = last ? prepare(database, last.sql).all(...last.values.map(sqliteValue)) : []
      prepare(database, "COMMIT").run()
      return rows
    } finally {
      if (database.inTransaction) prepare(database, "ROLLBACK").run()
      await held.commit()
    }
  }
  return {
    read: async ({ sql, values }) => prepare(databaseOf(await connection()), sql).all(...values.map(sqliteValue)),
    transact: async (statements) => void (await transact(statements, null)),
    transactAndRead: transact,
  }
}

/** The driver behind Prisma's adapter. */
export function databaseOf(adapter: SqliteAdapter): Sqlite.Database {
  const client: unknown = Reflect.get(adapter, "client")
  if (client instanceof Sqlite) return client
  throw new Error("Prisma's adapter no longer keeps its SQLite connection where expected")
}

/** In the form Prisma stores them. */
function sqliteValue(value: Value): string | number | null {
  if (typeof value === "boolean") return value ? 1 : 0
  return value instanceof Date ? value.toISOString().replace("Z", "+00:00") : value
}

/** For PostgreSQL. */
export function rawPostgres(pool: pg.Pool): RawDatabase {
  const queries = new Map<string, { name: string; text: string }>()
  const queryOf = (sql: string) => {
    const known = queries.get(sql)
    if (known) return known
    let place = 0
    const made = { name: `sparkler-${queries.size}`, text: sql.replaceAll("?", () => `$${++place}`) }
    queries.set(sql, made)
    return made
  }
  const run = (on: pg.Pool | pg.PoolClient, { sql, values }: Statement) =>
    on.query<Row>({ ...queryOf(sql), values: values.map(postgresValue), types: UTC })
  const transact = async (statements: Statement[], last: Statement | null) => {
    const client = await pool.connect()
    let broken: Error | undefined
    // The server closes connections that are idle for too long; the next statement fails then.
    const note = (error: Error) => {
      broken = error
    }
    client.on("error", note)
    try {
      await client.query("BEGIN")
      try {
        for (const statement of statements) {
          const { rowCount } = await run(client, statement)
          if (statement.must && rowCount === 0) throw faultOf(statement.must, statement.sql)
        }
        const rows = last ? (await run(client, last)).rows : []
        await client.query("COMMIT")
        return rows
      } catch (error) {
        await client.query("ROLLBACK").catch((cause: Error) => {
          broken = cause
        })
        throw error
      }
    } finally {
      // A connection that can't even roll back is not reused.
      client.off("error", note)
      client.release(broken)
    }
  }
  return {
    read: async (statement) => (await run(pool, statement)).rows,
    transact: async (statements) => void (await transact(statements, null)),
    transactAndRead: transact,
  }
}

/** Date columns have no time zone and hold UTC; pg would read them as local time. */
const UTC: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: "text" | "binary") =>
    id === pg.types.builtins.TIMESTAMP ? (text: string) => new Date(`${text}Z`) : pg.types.getTypeParser(id, format),
}

const postgresValue = (value: Value) => (value instanceof Date ? value.toISOString().replace("Z", "") : value)
