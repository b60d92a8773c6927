import { mkdtempSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Sqlite from "better-sqlite3"
import pg from "pg"
import { afterAll, expect, test } from "vitest"
import { fillAll, ROWS } from "@/lib/backup/copy.fixture"
import { copyDatabase } from "@/lib/backup/copy-database"
import { SEALED_COLUMNS } from "@/lib/backup/sealed"
import { inOrder, type Source, type Table, type Target } from "@/lib/db/copy/tables"
import { openSource, openTarget, transfer } from "@/lib/db/copy/transfer"
import { withoutPostgres } from "@/lib/db/databases.fixture"
import { Prisma } from "@/lib/db/generated/sqlite/client"
import { migrate, migrationNames } from "@/lib/db/migrate"
import { emptyPostgres } from "@/lib/db/testing"
import { PURPOSES, seal } from "@/lib/seal"

const SECRET = "s".repeat(32)
const folder = mkdtempSync(path.join(tmpdir(), "sparkler-copy-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
const newFile = () => `file:${path.join(folder, `${++count}.db`)}`
async function migratedFile() {
  const url = newFile()
  await migrate(url)
  return { url, open: () => new Sqlite(url.slice("file:".length)) }
}

test("every model is copied after the models it references", async () => {
  const { url } = await migratedFile()
  const source = await openSource(url)
  await source.close()
  expect(source.tables.map(({ name }) => name).sort()).toEqual(Object.keys(Prisma.ModelName).sort())
  const seen = new Set<string>()
  for (const { name, references } of source.tables) {
    seen.add(name)
    expect(references.filter((other) => !seen.has(other))).toEqual([])
  }
  // Encrypted columns are listed by name.
  for (const { table, column } of SEALED_COLUMNS)
    expect(source.tables.find(({ name }) => name === table)?.columns.map(({ name }) => name)).toContain(column)
})

test("tables with circular references are rejected", () => {
  const table = (name: string, ...references: string[]): Table => ({ name, columns: [], references })
  expect(inOrder([table("a", "b"), table("b"), table("c", "c")]).map(({ name }) => name)).toEqual(["b", "a", "c"])
  expect(() => inOrder([table("a", "b"), table("b", "a")])).toThrow("circular")
})

test("a row that can't be copied unchanged aborts the copy, and nothing is stored", async () => {
  const { url, open } = await migratedFile()
  const database = open()
  database.exec(`INSERT INTO "User" ("id", "answersToday") VALUES ('u', 1.5)`)
  database.close()
  const to = newFile()
  await expect(copyDatabase(url, to, SECRET)).rejects.toThrow(
    "User.answersToday can't be copied: it isn't of type integer",
  )
  const target = await openSource(to)
  for (const table of target.tables) for await (const rows of target.rows(table)) expect(rows).toEqual([])
  await target.close()
})

test("only an empty database is written to, and only one of this version is read", async () => {
  const [full, other] = [await migratedFile(), await migratedFile()]
  await fillAll(full.url)
  await fillAll(other.url)
  await expect(copyDatabase(full.url, other.url, SECRET)).rejects.toThrow("isn't empty")
  await expect(copyDatabase(full.url, full.url, SECRET)).rejects.toThrow("same database")
  // An installation of an earlier version that was named by mistake stays unchanged.
  const theirs = newFile()
  const earlier = migrationNames(theirs).slice(0, -1)
  await migrate(theirs, undefined, earlier.at(-1))
  const used = new Sqlite(theirs.slice("file:".length))
  used.exec(`INSERT INTO "User" ("id") VALUES ('u')`)
  await expect(copyDatabase(full.url, theirs, SECRET)).rejects.toThrow("User has rows")
  expect(used.prepare("SELECT count(*) FROM _prisma_migrations").pluck().get()).toBe(earlier.length)
  used.close()
  const old = new Sqlite(path.join(folder, "old.db"))
  old.exec("CREATE TABLE something (id TEXT)")
  old.close()
  await expect(copyDatabase(`file:${path.join(folder, "old.db")}`, newFile(), SECRET)).rejects.toThrow(
    "earlier version",
  )
  const newer = full.open()
  newer.exec(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '2999_next', 1)`,
  )
  newer.close()
  await expect(copyDatabase(full.url, newFile(), SECRET)).rejects.toThrow("newer version of Sparkler (2999_next)")
  await expect(copyDatabase(newFile(), newFile(), SECRET)).rejects.toThrow()
})

test("values sealed with another secret are counted", async () => {
  const { url, open } = await migratedFile()
  const database = open()
  database.exec(`INSERT INTO "User" ("id") VALUES ('a'), ('b')`)
  const insert = database.prepare(`INSERT INTO "OwnKey" ("userId", "sealed", "lastFour") VALUES (?, ?, '1234')`)
  insert.run("a", seal("key", SECRET, PURPOSES.ownKey))
  insert.run("b", seal("key", "t".repeat(32), PURPOSES.ownKey))
  database.close()
  expect((await copyDatabase(url, newFile(), SECRET)).sealedElsewhere).toBe(1)
})

/** All rows of a table by column name, with JSON as values. */
async function valuesOf(source: Source, { name, columns }: Table) {
  const table = source.tables.find((one) => one.name === name) ?? { name, columns, references: [] }
  const all: Record<string, unknown>[] = []
  for await (const rows of source.rows(table))
    for (const row of rows)
      all.push(
        Object.fromEntries(
          table.columns.map(({ name: column, kind }, n) => [
            column,
            kind === "json" && row[n] !== null ? { json: JSON.parse(String(row[n])) } : row[n],
          ]),
        ),
      )
  return all.sort((a, b) => (String(Object.values(a)) < String(Object.values(b)) ? -1 : 1))
}

test("a single value that arrives changed is detected", async () => {
  const [full, empty] = [await migratedFile(), await migratedFile()]
  await fillAll(full.url)
  const [source, target] = [await openSource(full.url), await openTarget(empty.url)]
  const bent: Target = {
    ...target,
    insert: (table, rows) =>
      target.insert(
        table,
        rows.map((row) => row.map((value) => (value === "CASE" ? "case" : value))),
      ),
  }
  await expect(transfer(source, bent)).rejects.toThrow(`${ROWS} rows were sent and ${ROWS} arrived, but they differ`)
  await Promise.all([source.close(), target.close()])
})

const postgres = await emptyPostgres()
const again = await emptyPostgres()
if (postgres && again) {
  afterAll(() => postgres.drop())
  afterAll(() => again.drop())

  test("to PostgreSQL and back: each row of each table is the same; the source is not modified", async () => {
    const { url } = await migratedFile()
    const tables = await fillAll(url)
    const before = statSync(url.slice("file:".length)).mtimeMs
    const there = await copyDatabase(url, postgres.url, SECRET)
    expect(statSync(url.slice("file:".length)).mtimeMs).toBe(before)
    expect(there.tables.map(({ table, rows, cleaned }) => [table, rows, cleaned])).toEqual(
      tables.map(({ name }) => [name, ROWS, 0]),
    )
    const back = newFile()
    const returned = await copyDatabase(postgres.url, back, SECRET)
    expect(returned.tables).toEqual(there.tables)
    const [first, last] = [await openSource(url), await openSource(back)]
    for (const table of first.tables)
      expect(await valuesOf(last, table), table.name).toEqual(await valuesOf(first, table))
    await Promise.all([first.close(), last.close()])
  })

  test("PostgreSQL has the searchable rows in its queue, numbers of any length, and JSON null distinct from NULL", async () => {
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const { rows } = await client.query(
      `SELECT (SELECT count(*)::int FROM "SearchQueue") AS waiting,
        (SELECT count(*)::int FROM "Message" WHERE "parts" = 'null'::jsonb) AS nulls,
        (SELECT count(*)::int FROM "Message" WHERE "parts"->>'long' = '12345678901234567890') AS long`,
    )
    await client.end()
    expect(rows).toEqual([{ waiting: 2 * ROWS, nulls: 1, long: 1 }])
  })

  test("values PostgreSQL can't store are replaced as on every write, and counted", async () => {
    const { url, open } = await migratedFile()
    const database = open()
    database.exec(`INSERT INTO "User" ("id", "name") VALUES ('u', 'nul' || char(0) || 'end'), ('v', 'fine')`)
    database
      .prepare(`INSERT INTO "Conversation" ("id", "userId", "title", "settings") VALUES ('c', 'u', 't', ?)`)
      .run('{"half":"\\ud800","whole":"\\ud83d\\ude00","slashes":"\\\\u0000"}')
    database.close()
    const { tables } = await copyDatabase(url, again.url, SECRET)
    expect(tables.filter(({ cleaned }) => cleaned > 0).map(({ table, cleaned }) => [table, cleaned])).toEqual([
      ["User", 1],
      ["Conversation", 1],
    ])
    const client = new pg.Client({ connectionString: again.url })
    await client.connect()
    const { rows } = await client.query(
      `SELECT "name", "settings" FROM "Conversation" c JOIN "User" u ON u."id" = "userId"`,
    )
    await client.end()
    expect(rows).toEqual([{ name: "nul\uFFFDend", settings: { half: "\uFFFD", whole: "😀", slashes: "\\u0000" } }])
  })
} else withoutPostgres()
