/** Restores a backup into an empty installation: either database, either file store. */
import { mkdir, readFile, writeFile } from "node:fs/promises"
import path from "node:path"
import { type Manifest, secretFile } from "@/lib/backup/manifest"
import { copyObject } from "@/lib/backup/objects"
import { backupSource, backupStorage, checkBackup, objectsOf } from "@/lib/backup/read"
import { sealedElsewhere } from "@/lib/backup/sealed"
import { CopyError } from "@/lib/db/copy/tables"
import { type Copied, openTarget, requireEmptyDatabase, transfer } from "@/lib/db/copy/transfer"
import { migrate, migrationNames } from "@/lib/db/migrate"
import type { FileStorage } from "@/lib/files/storage"

export interface RestoreOptions {
  /** The backup's folder. */
  folder: string
  databaseUrl: string
  dataDir: string
  storage: FileStorage
  /** Returns this installation's secret. Called after the secret files are restored. */
  secret: () => string
  onTable?: (copied: Copied) => void
}

export interface Restored {
  manifest: Manifest
  tables: Copied[]
  /** How many files were stored by this run. */
  files: number
  /** Rows with values that this installation's secret can't decrypt. */
  sealedElsewhere: number
}

/**
 * Verifies a backup and restores all of it. The database must be empty, and so must the file store, except for files of
 * this very backup, so that an interrupted restore can be repeated. Throws `CopyError`; the database is restored
 * completely or not at all.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { folder, databaseUrl, storage } = options
  const manifest = await checkBackup(folder)
  const last = lastMigration(manifest, databaseUrl)
  await requireOwnFiles(folder, manifest, storage)
  await requireEmptyDatabase(databaseUrl)
  // Creates the tables as they were then. Later migrations run afterward, as when this version starts.
  await migrate(databaseUrl, undefined, last)
  const target = await openTarget(databaseUrl)
  try {
    const tables = await transfer(backupSource(folder, manifest), target, options.onTable)
    const files = await storeFiles(folder, manifest, storage)
    await storeSecrets(options, manifest)
    const elsewhere = await sealedElsewhere(target, options.secret())
    await target.commit()
    await target.close()
    await migrate(databaseUrl)
    return { manifest, tables, files, sealedElsewhere: elsewhere }
  } finally {
    await target.close().catch(() => {})
  }
}

/** Without its timestamp, which differs between the databases. */
const nameOf = (migration: string) => migration.replace(/^\d+_/, "")

function lastMigration({ migrations }: Manifest, databaseUrl: string): string {
  const ours = migrationNames(databaseUrl)
  const newer = migrations.find((name) => !ours.some((our) => nameOf(our) === nameOf(name)))
  if (newer)
    throw new CopyError(`The backup was created by a newer version of Sparkler (${newer}). Restore it with that one.`)
  const last = ours.findLast((our) => migrations.some((name) => nameOf(name) === nameOf(our)))
  if (!last) throw new CopyError("The backup lists no migrations.")
  return last
}

async function requireOwnFiles(folder: string, { tables }: Manifest, storage: FileStorage): Promise<void> {
  const ours = new Set<string>()
  for await (const { key } of objectsOf(folder, tables)) ours.add(key)
  for await (const { key } of storage.list())
    if (!ours.has(key))
      throw new CopyError(
        `The file store isn't empty: ${key} isn't part of this backup. Use an empty one. Nothing was changed.`,
      )
}

async function storeFiles(folder: string, { tables, files }: Manifest, storage: FileStorage): Promise<number> {
  const [from, missing] = [backupStorage(folder), new Set([...files.lost, ...files.removedMeanwhile])]
  let stored = 0
  for await (const object of objectsOf(folder, tables)) {
    if (missing.has(object.key)) continue
    const outcome = await copyObject(from, storage, object)
    if (outcome === "lost") throw new CopyError(`The file ${object.key} in the backup is damaged.`)
    if (outcome === "copied") stored++
  }
  return stored
}

/** Existing files stay: they may be newer, or the operator's own. */
async function storeSecrets({ folder, dataDir }: RestoreOptions, { secrets }: Manifest): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  for (const name of secrets)
    await writeFile(path.join(dataDir, name), await readFile(secretFile(folder, name)), {
      mode: 0o600,
      flag: "wx",
    }).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error
    })
}
