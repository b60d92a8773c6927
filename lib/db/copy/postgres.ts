/** Reads and writes an entire PostgreSQL database. */
import type pg from "pg"
import { z } from "zod"
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
import { connectPostgres } from "@/lib/postgres/connect"

function kindOf(type: string, isEnum: boolean): Kind | null {
  if (isEnum || /^(?:text|character)/.test(type)) return "text"
  if (/^(?:integer|bigint|smallint)$/.test(type)) return "integer"
  if (/^(?:double precision|real)$/.test(type)) return "real"
  if (type === "boolean") return "boolean"
  if (/^timestamp.*without time zone$/.test(type)) return "date"
  return /^jsonb?$/.test(type) ? "json" : null
}

const described = z.array(z.object({ table: z.string(), name: z.string(), type: z.string(), isEnum: z.boolean() }))
const pointing = z.array(z.object({ table: z.string(), to: z.string() }))

const HERE = "to_regnamespace(quote_ident(current_schema()))"

async function tablesOf(client: pg.Client): Promise<Table[]> {
  const columns = described.parse(
    (
      await client.query(
        `SELECT c.relname AS "table", a.attname AS "name", format_type(a.atttypid, a.atttypmod) AS "type", t.typtype = 'e' AS "isEnum"
         FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         JOIN pg_type t ON t.oid = a.atttypid
         WHERE c.relkind = 'r' AND c.relnamespace = ${HERE} ORDER BY c.relname, a.attnum`,
      )
    ).rows,
  )
  const references = pointing.parse(
    (
      await client.query(
        `SELECT c.relname AS "table", o.relname AS "to" FROM pg_constraint k
         JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class o ON o.oid = k.confrelid
         WHERE k.contype = 'f' AND k.connamespace = ${HERE}`,
      )
    ).rows,
  )
  const names = [...new Set(columns.map(({ table }) => table))].filter(isCopied)
  return inOrder(
    names.map((name) => ({
      name,
      columns: columns
        .filter(({ table }) => table === name)
        .map((each) => columnOf(name, each.name, each.type, kindOf(each.type, each.isEnum))),
      references: references.filter(({ table }) => table === name).map(({ to }) => to),
    })),
  )
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows: there } = await client.query(
    `SELECT 1 FROM pg_class WHERE relname = '_prisma_migrations' AND relnamespace = ${HERE}`,
  )
  if (there.length === 0) return []
  const { rows } = await client.query<{ migration_name: string }>(
    `SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows.map((row) => row.migration_name)
}

/** Values as the server writes them. */
const AS_TEXT: pg.CustomTypesConfig = { getTypeParser: () => (text: string) => text }

function fromPostgres(text: unknown, { name, kind }: Column, table: string): Row[number] {
  if (typeof text !== "string") return null
  if (kind === "boolean") return text === "t"
  if (kind === "date") return new Date(`${text.replace(" ", "T")}Z`).toISOString()
  if (kind !== "integer" && kind !== "real") return text
  const number = Number(text)
  if (kind === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number)) return number
  throw new CopyError(`A value of ${table}.${name} can't be copied: ${text}.`)
}

const FETCHED = 100

async function* rowsOf(client: pg.Client, { name, columns }: Table): AsyncGenerator<Row[]> {
  const columnList = columns.map((column) => quoted(column.name)).join(", ")
  await client.query(`DECLARE copied NO SCROLL CURSOR FOR SELECT ${columnList} FROM ${quoted(name)}`)
  try {
    const batch = new Batch()
    for (;;) {
      const { rows } = await client.query<unknown[]>({
        text: `FETCH ${FETCHED} FROM copied`,
        rowMode: "array",
        types: AS_TEXT,
      })
      for (const values of rows)
        if (batch.add(columns.map((column, n) => fromPostgres(values[n], column, name)))) yield batch.take()
      if (rows.length < FETCHED) break
    }
    yield batch.take()
  } finally {
    await client.query("CLOSE copied").catch(() => {})
  }
}

async function begun(url: string, mode: string): Promise<pg.Client> {
  const client = await connectPostgres(url)
  // Emitted when the server closes the connection; the next query fails then.
  client.on("error", () => {})
  await client.query("SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; SET datestyle = 'ISO'")
  await client.query(`BEGIN ISOLATION LEVEL ${mode}`)
  return client
}

/** The database may be in use: concurrent writes are not seen. */
export async function postgresSource(url: string): Promise<Source> {
  const client = await begun(url, "REPEATABLE READ READ ONLY")
  try {
    const [migrations, tables] = [await migrationsOf(client), await tablesOf(client)]
    return { tables, migrations, rows: (table) => rowsOf(client, table), close: () => client.end() }
  } catch (error) {
    await client.end()
    throw error
  }
}

/** A migrated database. */
export async function postgresTarget(url: string): Promise<Target> {
  const client = await begun(url, "READ COMMITTED")
  try {
    return {
      tables: await tablesOf(client),
      migrations: await migrationsOf(client),
      strict: true,
      rows: (table) => rowsOf(client, table),
      insert: async ({ name, columns }, rows) => {
        if (rows.length === 0) return
        // As text, one list per column: the server parses numbers and JSON itself.
        const lists = columns.map((_, n) => rows.map((row) => (row[n] === null ? null : String(row[n]))))
        const places = columns.map((_, n) => `c${n}`)
        await client.query(
          `INSERT INTO ${quoted(name)} (${columns.map((column) => quoted(column.name)).join(", ")})
           SELECT ${columns.map(({ type }, n) => `c${n}::${type}`).join(", ")}
           FROM unnest(${columns.map((_, n) => `$${n + 1}::text[]`).join(", ")}) AS given(${places.join(", ")})`,
          lists,
        )
      },
      commit: async () => {
        await client.query("COMMIT")
        // Query plans depend on row counts.
        await client.query("ANALYZE")
      },
      close: () => client.end(),
    }
  } catch (error) {
    await client.end()
    throw error
  }
}
