/**
 * Copies all rows from a database, or a backup, into an empty database; the result is read back and compared before it
 * counts.
 */
import { createHash } from "node:crypto"
import { existsSync } from "node:fs"
import { cleanText, toJsonText } from "@/lib/db/clean"
import { isPostgres, sqliteFile } from "@/lib/db/client"
import { postgresSource, postgresTarget } from "@/lib/db/copy/postgres"
import { sqliteSource, sqliteTarget } from "@/lib/db/copy/sqlite"
import { type Column, CopyError, type Row, type Source, type Table, type Target } from "@/lib/db/copy/tables"

/** A snapshot of a whole database. Throws if it doesn't exist. */
export const openSource = (url: string): Promise<Source> =>
  isPostgres(url) ? postgresSource(url) : sqliteSource(sqliteFile(url))

/** A migrated database to write everything into. */
export const openTarget = (url: string): Promise<Target> =>
  isPostgres(url) ? postgresTarget(url) : sqliteTarget(sqliteFile(url))

/** The result for one table. */
export interface Copied {
  table: string
  rows: number
  /** SHA-256 over all values, in hex: the same for the same rows, in any order and database. */
  hash: string
  /** Rows in which NUL or a lone surrogate was replaced by U+FFFD, because PostgreSQL can't store it. */
  cleaned: number
}

/**
 * Copies and compares every table. The caller commits. Throws `CopyError` if `to` isn't empty, if the tables differ, or
 * if what arrived is not what was sent.
 */
export async function transfer(
  from: Source,
  to: Target,
  onTable: (copied: Copied) => void = () => {},
): Promise<Copied[]> {
  requireSameTables(from.tables, to.tables)
  await requireEmpty(to)
  const all: Copied[] = []
  for (const table of to.tables) {
    const given = from.tables.find(({ name }) => name === table.name)
    if (!given) throw new CopyError(`The table ${table.name} is missing.`)
    const copied = await copyTable(from, given, to, table)
    onTable(copied)
    all.push(copied)
  }
  return all
}

async function copyTable(from: Source, given: Table, to: Target, table: Table): Promise<Copied> {
  const places = table.columns.map(({ name }) => given.columns.findIndex((column) => column.name === name))
  const sent = new Sum(table)
  let cleaned = 0
  for await (const batch of from.rows(given)) {
    const rows = batch.map((row) => places.map((place) => row[place] ?? null))
    if (to.strict) cleaned += cleanRows(rows, table.columns)
    for (const row of rows) sent.add(row)
    await to.insert(table, rows).catch((cause: unknown) => {
      throw new CopyError(
        `A row of ${table.name} was rejected: ${cause instanceof Error ? cause.message : String(cause)}.`,
        {
          cause,
        },
      )
    })
  }
  const arrived = new Sum(table)
  for await (const rows of to.rows(table)) for (const row of rows) arrived.add(row)
  if (arrived.rows !== sent.rows || arrived.hash() !== sent.hash())
    throw new CopyError(`${table.name}: ${sent.rows} rows were sent and ${arrived.rows} arrived, but they differ.`)
  return { table: table.name, rows: sent.rows, hash: sent.hash(), cleaned }
}

/** Replaces in place what PostgreSQL refuses, as every write of Sparkler does. Returns the number of affected rows. */
function cleanRows(rows: Row[], columns: Column[]): number {
  let cleaned = 0
  for (const row of rows) {
    let changed = false
    row.forEach((value, n) => {
      if (typeof value !== "string") return
      const clean = columns[n]?.kind === "json" ? cleanJson(value) : cleanText(value)
      if (clean === value) return
      row[n] = clean
      changed = true
    })
    if (changed) cleaned++
  }
  return cleaned
}

function cleanJson(text: string): string {
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return cleanText(text)
  const value: unknown = JSON.parse(text)
  const clean = toJsonText(value)
  // A valid character may be written as two escapes: then nothing is lost.
  return clean === JSON.stringify(value) ? text : clean
}

function requireSameTables(from: Table[], to: Table[]): void {
  const known = new Map(to.map((table) => [table.name, table]))
  for (const { name, columns } of from) {
    const other = known.get(name)
    if (!other) throw new CopyError(`Unknown table ${name}.`)
    const differing = [
      ...columns.filter((column) => !has(other, column)),
      ...other.columns.filter((column) => !has({ columns }, column)),
    ]
    if (differing.length > 0)
      throw new CopyError(`${name} differs in ${differing.map((column) => column.name).join(", ")}.`)
  }
}

const has = ({ columns }: Pick<Table, "columns">, { name, kind }: Column) =>
  columns.some((column) => column.name === name && column.kind === kind)

/** Throws `CopyError` if a database has rows, before anything is done to it. One that doesn't exist counts as empty. */
export async function requireEmptyDatabase(url: string): Promise<void> {
  if (!isPostgres(url) && !existsSync(sqliteFile(url))) return
  const source = await openSource(url)
  await requireEmpty(source).finally(() => source.close())
}

async function requireEmpty(to: Source): Promise<void> {
  for (const table of to.tables)
    for await (const rows of to.rows(table))
      if (rows.length > 0)
        throw new CopyError(
          `The target database isn't empty: ${table.name} has rows. Use an empty one. Nothing was changed.`,
        )
}

/** An order-independent checksum of rows: the sum of their hashes. */
export class Sum {
  rows = 0
  private total = 0n
  private readonly order: [place: number, kind: Column["kind"]][]

  constructor({ columns }: Table) {
    // Column order differs between the databases.
    this.order = columns
      .map(({ name, kind }, place) => ({ name, kind, place }))
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ place, kind }) => [place, kind])
  }

  add(row: Row): void {
    const values = this.order.map(([place, kind]) => {
      const value = row[place] ?? null
      return kind === "json" && typeof value === "string" ? sorted(JSON.parse(value)) : value
    })
    const hash = createHash("sha256").update(JSON.stringify(values)).digest("hex")
    this.total = BigInt.asUintN(256, this.total + BigInt(`0x${hash}`))
    this.rows++
  }

  /** 64 hex digits. */
  hash(): string {
    return this.total.toString(16).padStart(64, "0")
  }
}

/** Distinguishes JSON null from no value; and PostgreSQL reorders keys. */
function sorted(value: unknown): unknown {
  if (value === null) return { json: null }
  return ordered(value)
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== "object" || value === null) return value
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return { members: members.map(([key, member]) => [key, ordered(member)]) }
}
