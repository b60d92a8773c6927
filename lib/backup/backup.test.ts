import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { afterAll, expect, test } from "vitest"
import { backupCases } from "@/lib/backup/backup.cases"
import { makeBackup } from "@/lib/backup/make"
import { restore } from "@/lib/backup/restore"
import { onDatabase, withoutPostgres } from "@/lib/db/databases.fixture"
import { migrate, migrationNames } from "@/lib/db/migrate"
import { emptyPostgres } from "@/lib/db/testing"
import { folderStorage } from "@/lib/files/storage"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-backups-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
process.env.BACKUP_KEEP = "2"

// A backup made on SQLite is restored on PostgreSQL.
const databases: { drop(): Promise<void> }[] = []
afterAll(() => Promise.all(databases.map((database) => database.drop())), 60_000)
const reachable = await emptyPostgres()
if (reachable) {
  databases.push(reachable)
  onDatabase([
    (database) =>
      backupCases(database, async () => {
        const made = await emptyPostgres()
        if (!made) throw new Error("PostgreSQL has gone")
        databases.push(made)
        return made.url
      }),
  ])
} else withoutPostgres()

test("a backup of an earlier version is restored as the current version", async () => {
  const url = `file:${path.join(folder, "old.db")}`
  const old = migrationNames(url).find((name) => name.endsWith("_jobs")) ?? ""
  await migrate(url, undefined, old)
  const database = new Sqlite(path.join(folder, "old.db"))
  database.exec(
    `INSERT INTO "User" ("id") VALUES ('u'); INSERT INTO "Conversation" ("id", "userId", "title") VALUES ('c', 'u', 't')`,
  )
  database.close()
  const dataDir = path.join(folder, "old")
  const made = await makeBackup({
    databaseUrl: url,
    dataDir,
    storage: folderStorage(dataDir),
    folder: path.join(folder, "b"),
    secrets: true,
  })
  expect(made.manifest.migrations.at(-1)).toBe(old)
  const to = `file:${path.join(folder, `${randomUUID()}.db`)}`
  await restore({
    folder: made.folder,
    databaseUrl: to,
    dataDir,
    storage: folderStorage(dataDir),
    secret: () => "s".repeat(32),
  })
  expect(await migrate(to)).toEqual([])
  const restored = new Sqlite(to.slice("file:".length))
  expect(restored.prepare(`SELECT "id", "userId" FROM "Conversation"`).all()).toEqual([{ id: "c", userId: "u" }])
  restored.close()
})
