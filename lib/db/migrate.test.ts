import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
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

test("an empty database gets every migration, and a second start none", async () => {
  expect((await migrate(url, root)).length).toBeGreaterThan(0)
  expect(await migrate(url, root)).toEqual([])
  const database = new Sqlite(path.join(folder, "test.db"))
  expect(database.pragma("journal_mode", { simple: true })).toBe("wal")
  expect(database.prepare("SELECT count(*) FROM Message").pluck().get()).toBe(0)
  database.close()
})

test("a failing migration changes nothing and stops the start", async () => {
  await migrate(url, root)
  addMigration("29990101000000_bad", "CREATE TABLE later (id TEXT); SELECT * FROM nowhere;")
  await expect(migrate(url, root)).rejects.toThrow(/nowhere/)
  const database = new Sqlite(path.join(folder, "test.db"))
  expect(database.prepare("SELECT name FROM sqlite_master WHERE name = 'later'").get()).toBeUndefined()
  database.close()
})

test("a modified migration that was already applied stops the start", async () => {
  addMigration("29990101000000_more", "CREATE TABLE later (id TEXT);")
  await migrate(url, root)
  addMigration("29990101000000_more", "CREATE TABLE later (id INTEGER);")
  await expect(migrate(url, root)).rejects.toThrow(/29990101000000_more was changed/)
})

test("a database from a newer version stops the start", async () => {
  addMigration("29990101000000_more", "CREATE TABLE later (id TEXT);")
  await migrate(url, root)
  rmSync(path.join(root, "sqlite/migrations/29990101000000_more"), { recursive: true })
  await expect(migrate(url, root)).rejects.toThrow(/created by a newer version/)
})

test("a migration that leaves orphans is rolled back", async () => {
  await migrate(url, root)
  addMigration("29990101000000_orphan", `INSERT INTO "Conversation" (id, userId, title) VALUES ('c', 'nobody', 't');`)
  await expect(migrate(url, root)).rejects.toThrow(/orphaned rows/)
})

test("users from a version without sessions become enabled guests and keep all their data", async () => {
  const place = path.join(root, "sqlite/migrations")
  const later = readdirSync(place).filter((name) => name >= "20261129051500_sessions" && name !== "migration_lock.toml")
  const kept = later.map((name) => ({ name, sql: readFileSync(path.join(place, name, "migration.sql"), "utf8") }))
  for (const name of later) rmSync(path.join(place, name), { recursive: true })
  await migrate(url, root)
  const database = new Sqlite(path.join(folder, "test.db"))
  database.exec(`INSERT INTO "User" (id) VALUES ('u');
    INSERT INTO "Conversation" (id, userId, title) VALUES ('c', 'u', 't');`)
  for (const { name, sql } of kept) addMigration(name, sql)
  expect(await migrate(url, root)).toEqual(later.toSorted())
  const rows = (query: string) => database.prepare(query).raw().all()
  expect(rows(`SELECT id, guest, admin, disabledAt FROM "User"`)).toEqual([["u", 1, 0, null]])
  expect(rows(`SELECT id FROM "Conversation"`)).toEqual([["c"]])
  database.close()
})

test("uppercase ids created by a program are lowercased, along with all references to them", async () => {
  const later = path.join(root, "sqlite/migrations/20261128223100_small_ids")
  const sql = readFileSync(path.join(later, "migration.sql"), "utf8")
  rmSync(later, { recursive: true })
  await migrate(url, root)
  const database = new Sqlite(path.join(folder, "test.db"))
  database.exec(`
    INSERT INTO "User" (id) VALUES ('u');
    INSERT INTO "Folder" (id, userId, name) VALUES ('F', 'u', 'f');
    INSERT INTO "Conversation" (id, userId, title, activeLeafId, folderId) VALUES ('C', 'u', 't', 'A', 'F'), ('d', 'u', 't', NULL, NULL),
      ('E', 'u', 'two', NULL, NULL), ('e', 'u', 'of them', NULL, NULL);
    INSERT INTO "Message" (id, conversationId, parentId, role, status, parts) VALUES ('Q', 'C', NULL, 'user', 'complete', '[]'),
      ('A', 'C', 'Q', 'assistant', 'complete', '[]'), ('x', 'E', NULL, 'user', 'complete', '[]');
    INSERT INTO "ConversationTag" (conversationId, name) VALUES ('C', 'tag');
    INSERT INTO "Generation" (id, messageId, conversationId, userId, nodeId, leaseUntil) VALUES ('G', 'A', 'C', 'u', 'n', 0);
  `)
  addMigration("20261128223100_small_ids", sql)
  expect(await migrate(url, root)).toEqual(["20261128223100_small_ids"])
  const rows = (query: string) => database.prepare(query).raw().all()
  expect(rows(`SELECT id, activeLeafId, folderId FROM "Conversation" ORDER BY id`)).toEqual([
    ["E", null, null],
    ["c", "a", "f"],
    ["d", null, null],
    ["e", null, null],
  ])
  expect(rows(`SELECT id, conversationId, parentId FROM "Message" ORDER BY id`)).toEqual([
    ["a", "c", "q"],
    ["q", "c", null],
    ["x", "E", null],
  ])
  expect(rows(`SELECT conversationId FROM "ConversationTag"`)).toEqual([["c"]])
  expect(rows(`SELECT id, messageId, conversationId FROM "Generation"`)).toEqual([["g", "a", "c"]])
  database.close()
})
