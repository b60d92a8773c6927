import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { afterAll } from "vitest"
import { backupCases } from "@/lib/backup/backup.cases"
import { onPostgres } from "@/lib/db/databases.fixture"

const folder = mkdtempSync(path.join(tmpdir(), "sparkler-backups-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
process.env.BACKUP_KEEP = "2"

// A backup made on PostgreSQL is restored on SQLite.
await onPostgres([(database) => backupCases(database, async () => `file:${path.join(folder, `${randomUUID()}.db`)}`)])
