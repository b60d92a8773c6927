/** Starts the newest version on the database of every earlier version, with rows in every table. */
import { expect, test } from "vitest"
import { fillAll, ROWS } from "@/lib/backup/copy.fixture"
import { openDatabase } from "@/lib/db/client"
import { openSource } from "@/lib/db/copy/transfer"
import { migrate, migrationNames } from "@/lib/db/migrate"

type Rows = Map<string, Record<string, unknown>[]>

/** Tables that were renamed. */
const BECAME: Record<string, string> = { Image: "File" }

async function contents(url: string): Promise<Rows> {
  const source = await openSource(url)
  try {
    const all: Rows = new Map()
    for (const table of source.tables) {
      const rows: Record<string, unknown>[] = []
      for await (const batch of source.rows(table))
        for (const row of batch) rows.push(Object.fromEntries(table.columns.map(({ name }, n) => [name, row[n]])))
      all.set(table.name, rows)
    }
    return all
  } finally {
    await source.close()
  }
}

/** Ids are lowercase since 20261128223100. */
const written = (value: unknown, column: string) =>
  /^(?:id|.*Id|runningIn)$/.test(column) ? JSON.stringify(value).toLowerCase() : JSON.stringify(value)

/** What of `before` is missing: as `Table: rows`, or `Table.column`. */
function lostOf(before: Rows, after: Rows): string[] {
  return [...before].flatMap(([table, rows]) => {
    const now = after.get(table) ?? after.get(BECAME[table] ?? "")
    if (!now || now.length < rows.length) return [`${table}: ${rows.length} rows, ${now?.length ?? 0} afterwards`]
    const columns = Object.keys(rows[0] ?? {}).filter((name) => name in (now[0] ?? {}))
    const values = (of: Record<string, unknown>[], name: string) => of.map((row) => written(row[name], name)).sort()
    return columns.flatMap((name) => {
      const there = values(now, name)
      return values(rows, name).every((value) => there.includes(value)) ? [] : [`${table}.${name}`]
    })
  })
}

/** Reads every table with the newest version's client, which rejects what it can't read. */
async function readAll(url: string): Promise<number> {
  const database = openDatabase(url)
  try {
    let count = 0
    for (const model of Object.values(database))
      if (typeof model === "object" && model && "findMany" in model && typeof model.findMany === "function")
        count += (await model.findMany()).length
    return count
  } finally {
    await database.$disconnect()
  }
}

/** `open`: creates a new empty database each time, and can remove it. */
export function everyVersionCases(kind: string, open: () => Promise<{ url: string; drop(): Promise<void> }>): void {
  const all = migrationNames(kind)
  test.each(all.slice(0, -1))("from %s to the newest: every row is kept with its content", async (version) => {
    const { url, drop } = await open()
    try {
      expect((await migrate(url, undefined, version)).at(-1)).toBe(version)
      const tables = await fillAll(url)
      const before = await contents(url)
      expect([...before.values()].every((rows) => rows.length === ROWS)).toBe(true)
      expect(await migrate(url)).toEqual(all.slice(all.indexOf(version) + 1))
      expect(lostOf(before, await contents(url))).toEqual([])
      expect(await readAll(url)).toBeGreaterThanOrEqual(tables.length * ROWS)
      expect(await migrate(url)).toEqual([])
    } finally {
      await drop()
    }
  })
}
