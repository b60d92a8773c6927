import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { type Database, openDatabase } from "@/lib/db/client"
import { migrate } from "@/lib/db/migrate"
import { singleton } from "@/lib/singleton"

export interface TestDatabase {
  database: Database
  dataDir: string
  close(): Promise<void>
}

/**
 * A fresh migrated SQLite database in a folder of its own, which `db()` and `config()` of this process use
 * from now on. Call once a test file, before anything else touches them.
 */
export async function withTestDb(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "sparkler-"))
  process.env.DATA_DIR = dataDir
  const databaseUrl = `file:${path.join(dataDir, "sparkler.db")}`
  process.env.DATABASE_URL = databaseUrl
  await migrate(databaseUrl)
  const database = singleton("db", () => openDatabase(databaseUrl))
  return {
    database,
    dataDir,
    close: async () => {
      await database.$disconnect()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
