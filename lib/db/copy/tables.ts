/** The tables of a database as it reports them, so that none can be forgotten; and their rows in a common form. */

export type Kind = "text" | "integer" | "real" | "boolean" | "date" | "json"

export interface Column {
  name: string
  kind: Kind
  /** The database's name for it. */
  type: string
}

export interface Table {
  name: string
  columns: Column[]
  /** Tables that its rows reference. */
  references: string[]
}

/**
 * Values in column order, the same from either database: dates as `2026-11-30T10:00:00.000Z`, JSON as the database's
 * text.
 */
export type Row = (string | number | boolean | null)[]

/** A copy that is not possible; nothing was stored. The message says why. */
export class CopyError extends Error {
  override name = "CopyError"
}

export const quoted = (name: string): string => `"${name}"`

/** A column as its database reports it. Throws `CopyError` if `kind` can't be copied. */
export function columnOf(table: string, name: string, type: string, kind: Kind | null | undefined): Column {
  if (!kind) throw new CopyError(`The column ${table}.${name} has the type ${type}, which can't be copied.`)
  return { name, kind, type }
}

/** Rebuilt from the other tables at the next start (lib/search/indexer.ts), or internal to the database. */
const NOT_COPIED = /^(?:_prisma_migrations|sqlite_.*|SearchEntry|SearchTerms.*|SearchQueue)$/

export const isCopied = (table: string): boolean => !NOT_COPIED.test(table)

/** Sorts the tables so that each follows those it references. Throws `CopyError` for circular references. */
export function inOrder(tables: Table[]): Table[] {
  const left = new Map([...tables].sort((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]))
  const ordered: Table[] = []
  while (left.size > 0) {
    const next = [...left.values()].find(({ name, references }) =>
      references.every((other) => other === name || !left.has(other)),
    )
    if (!next) throw new CopyError(`The tables ${[...left.keys()].join(", ")} have circular references.`)
    left.delete(next.name)
    ordered.push(next)
  }
  return ordered
}

/** A source of tables: a snapshot of a single moment. */
export interface Source {
  /** Sorted by `inOrder`. */
  tables: Table[]
  /** Names of the migrations applied to it, oldest first. */
  migrations: string[]
  /** The rows of a table in batches, unordered. One table at a time. */
  rows(table: Table): AsyncIterable<Row[]>
  close(): Promise<void>
}

/** A destination for rows, in one transaction: nobody sees them until `commit`, and `close` without it rolls back. */
export interface Target extends Source {
  /** Refuses NUL and lone surrogates. */
  strict: boolean
  /** Rows with values in the table's column order. */
  insert(table: Table, rows: Row[]): Promise<void>
  commit(): Promise<void>
}

/** Maximum rows and bytes per batch, unless a single row is larger. */
const MAX_ROWS = 200
const MAX_CHARACTERS = 1_000_000

const sizeOf = (row: Row) => row.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0)

/** Rows in batches that fit into memory, whatever their content. */
export class Batch {
  private rows: Row[] = []
  private characters = 0

  /** True when it is full. */
  add(row: Row): boolean {
    this.rows.push(row)
    this.characters += sizeOf(row)
    return this.rows.length >= MAX_ROWS || this.characters >= MAX_CHARACTERS
  }

  /** Returns its rows and empties it. */
  take(): Row[] {
    const taken = this.rows
    this.rows = []
    this.characters = 0
    return taken
  }
}
