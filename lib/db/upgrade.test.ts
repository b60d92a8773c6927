import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import Sqlite from "better-sqlite3"
import { afterAll } from "vitest"
import { upgradeCases } from "@/lib/db/upgrade.cases"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-upgrade-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

upgradeCases("sqlite", async () => {
  const file = path.join(folder, "test.db")
  const run = async (sql: string) => {
    const database = new Sqlite(file)
    try {
      const statement = database.prepare<[], Record<string, unknown>>(sql)
      if (statement.reader) return statement.all()
      statement.run()
      return []
    } finally {
      database.close()
    }
  }
  return { url: `file:${file}`, run }
})
