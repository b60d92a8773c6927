/** The tables of a database as it describes them itself, so that none can be forgotten; and their rows in one form. */

export type Kind = "text" | "integer" | "real" | "boolean" | "date" | "json"

export interface Column {
  name: string
  kind: Kind
  /** As its database names it. */
  type: string
}

export interface Table {
  name: string
  columns: Column[]
  /** Tables that its rows point at. */
  references: string[]
}

/**
 * Values in the order of the columns, the same from either database: dates as `2026-11-30T10:00:00.000Z`, JSON as the text
 * that the database keeps.
 */
export type Row = (string | number | boolean | null)[]

/** A copy that can't be made; nothing was stored. The message says why. */
export class CopyError extends Error {
  override name = "CopyError"
}

export const quoted = (name: string): string => `"${name}"`

/** A column as its database describes it. Throws `CopyError` where `kind` is none that can be copied. */
export function columnOf(table: string, name: string, type: string, kind: Kind | null | undefined): Column {
  if (!kind) throw new CopyError(`The column ${table}.${name} is of the type ${type}, which can't be copied.`)
  return { name, kind, type }
}

/** Made of the other tables again at the next start (lib/search/indexer.ts), or about the database itself. */
const NOT_COPIED = /^(?:_prisma_migrations|sqlite_.*|SearchEntry|SearchTerms.*|SearchQueue)$/

export const isCopied = (table: string): boolean => !NOT_COPIED.test(table)

/** The tables so that each comes after those that it points at. Throws `CopyError` where they point in a circle. */
export function inOrder(tables: Table[]): Table[] {
  const left = new Map([...tables].sort((a, b) => (a.name < b.name ? -1 : 1)).map((table) => [table.name, table]))
  const ordered: Table[] = []
  while (left.size > 0) {
    const next = [...left.values()].find(({ name, references }) =>
      references.every((other) => other === name || !left.has(other)),
    )
    if (!next) throw new CopyError(`The tables ${[...left.keys()].join(", ")} point at each other in a circle.`)
    left.delete(next.name)
    ordered.push(next)
  }
  return ordered
}

/** What can be read from: all of it as it was at one moment. */
export interface Source {
  /** In the order of `inOrder`. */
  tables: Table[]
  /** Names of the migrations that made it, oldest first. */
  migrations: string[]
  /** The rows of a table, some at a time, in no order. One table at a time. */
  rows(table: Table): AsyncIterable<Row[]>
  close(): Promise<void>
}

/** What rows are written to, in one transaction: until `commit` nobody sees them, and `close` without it takes them back. */
export interface Target extends Source {
  /** Refuses NUL and lone surrogates. */
  strict: boolean
  /** Rows in the order of the table's columns. */
  insert(table: Table, rows: Row[]): Promise<void>
  commit(): Promise<void>
}

/** Rows and bytes of a batch at most, unless one row is larger. */
const MOST_ROWS = 200
const MOST_CHARACTERS = 1_000_000

const sizeOf = (row: Row) => row.reduce<number>((sum, value) => sum + (typeof value === "string" ? value.length : 8), 0)

/** Rows in batches that fit into memory, whatever is in them. */
export class Batch {
  private rows: Row[] = []
  private characters = 0

  /** True when it is full. */
  add(row: Row): boolean {
    this.rows.push(row)
    this.characters += sizeOf(row)
    return this.rows.length >= MOST_ROWS || this.characters >= MOST_CHARACTERS
  }

  /** What is in it; it is empty then. */
  take(): Row[] {
    const taken = this.rows
    this.rows = []
    this.characters = 0
    return taken
  }
}
