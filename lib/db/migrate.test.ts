import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { afterEach, beforeEach, expect, test } from "vitest"
import { migrate } from "@/lib/db/migrate"

let folder: string
let url: string
let root: string

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sparkler-migrate-"))
  url = `file:${path.join(folder, "test.db")}`
  root = path.join(folder, "prisma")
  cpSync("prisma/sqlite/migrations", path.join(root, "sqlite/migrations"), { recursive: true })
})

afterEach(() => rmSync(folder, { recursive: true }))

function addMigration(name: string, sql: string) {
  mkdirSync(path.join(root, "sqlite/migrations", name), { recursive: true })
  writeFileSync(path.join(root, "sqlite/migrations", name, "migration.sql"), sql)
}

test("an empty database gets every migration, a second start none", async () => {
  expect((await migrate(url, root)).length).toBeGreaterThan(0)
  expect(await migrate(url, root)).toEqual([])
  const database = new Sqlite(path.join(folder, "test.db"))
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal")
  expect(database.prepare("SELECT count(*) FROM Message").pluck().get()).toBe(0)
  database.close()
})

test("a migration that fails changes nothing and stops the start", async () => {
  await migrate(url, root)
  addMigration("29990101000000_bad", "CREATE TABLE later (id TEXT); SELECT * FROM nowhere;")
  await expect(migrate(url, root)).rejects.toThrow(/nowhere/)
  const database = new Sqlite(path.join(folder, "test.db"))
  expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'later'").get()).toBeUndefined()
  database.close()
})

test("an applied migration that was changed stops the start", async () => {
  addMigration("29990101000000_more", "CREATE TABLE later (id TEXT);")
  await migrate(url, root)
  addMigration("29990101000000_more", "CREATE TABLE later (id INTEGER);")
  await expect(migrate(url, root)).rejects.toThrow(/29990101000000_more was changed/)
})

test("a database of a newer version stops the start", async () => {
  addMigration("29990101000000_more", "CREATE TABLE later (id TEXT);")
  await migrate(url, root)
  rmSync(path.join(root, "sqlite/migrations/29990101000000_more"), { recursive: true })
  await expect(migrate(url, root)).rejects.toThrow(/made by a newer version/)
})

test("a migration that leaves orphans is taken back", async () => {
  await migrate(url, root)
  addMigration("29990101000000_orphan", `INSERT INTO "Conversation" (id, userId, title) VALUES ('c', 'nobody', 't');`)
  await expect(migrate(url, root)).rejects.toThrow(/without their parents/)
})
