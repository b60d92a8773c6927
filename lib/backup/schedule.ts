/** Scheduled backups (`BACKUP_EVERY_HOURS`): one of several processes makes each backup, and old ones are deleted. */
import { readdir, rm, stat } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { BACKUP_NAME, makeBackup, UNFINISHED } from "@/lib/backup/make"
import { config } from "@/lib/config"
import { lastJobCompletion } from "@/lib/db/jobs"
import { fileStorage } from "@/lib/files/storage"
import { defineJob } from "@/lib/jobs/define"
import { enqueue } from "@/lib/jobs/jobs"
import { logFault, logInfo } from "@/lib/log"

const LOOK_EVERY_MS = 10 * 60 * 1_000
const FIRST_LOOK_MS = 60_000
/** Milliseconds after which an unfinished backup is assumed to belong to a dead process. */
const DEAD_MS = 24 * 60 * 60 * 1_000

export const backupJob = defineJob({
  name: "backup",
  payload: z.strictObject({}),
  attempts: 3,
  run: async ({ signal }) => {
    const { store, databaseUrl, dataDir } = config()
    const { folder: parent, keep, secrets } = store.backup
    const { folder, manifest } = await makeBackup({
      ...{ databaseUrl, dataDir, secrets, signal },
      ...{ folder: parent, storage: fileStorage() },
    })
    const removed = await pruneBackups(parent, keep)
    logInfo(`Backup created: ${folder} (${manifest.files.count} files, ${removed} old backups removed).`)
    if (manifest.files.lost.length > 0)
      logFault(
        "backup",
        new Error(`${manifest.files.lost.length} files are missing or damaged in the file store; see manifest.json`),
      )
  },
})

/** Starts a backup whenever the last one is too old. Does nothing if backups aren't scheduled. */
export function startBackups(): void {
  const { everyMs } = config().store.backup
  if (everyMs === undefined) return
  const look = () => void startBackupIfDue(everyMs).catch((error) => logFault("backup", error))
  setTimeout(look, FIRST_LOOK_MS).unref()
  setInterval(look, LOOK_EVERY_MS).unref()
}

/** True if a backup was started. The jobs table records the backups of all processes, wherever their folders are. */
export async function startBackupIfDue(everyMs: number, now = new Date()): Promise<boolean> {
  const last = await lastJobCompletion(backupJob.name)
  if (last && last.getTime() + everyMs > now.getTime()) return false
  return (await enqueue(backupJob, {}, { key: backupJob.name })) !== null
}

/** Keeps the newest `keep` backups of a folder, and anything that isn't a backup. Returns how many were deleted. */
export async function pruneBackups(folder: string, keep: number, now = new Date()): Promise<number> {
  const names = (await readdir(folder)).sort().reverse()
  const old = names.filter((name) => BACKUP_NAME.test(name)).slice(keep)
  for (const name of names) {
    if (!name.endsWith(UNFINISHED) || !BACKUP_NAME.test(name.slice(0, -UNFINISHED.length))) continue
    const found = await stat(path.join(folder, name)).catch(() => null)
    if (found && found.mtimeMs < now.getTime() - DEAD_MS) old.push(name)
  }
  for (const name of old) await rm(path.join(folder, name), { recursive: true, force: true })
  return old.length
}
