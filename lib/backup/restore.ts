/** A backup into an empty place: either database, either file store. */
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
  /** Of the backup. */
  folder: string
  databaseUrl: string
  dataDir: string
  storage: FileStorage
  /** The secret of this installation. Asked for when the files with secrets are back. */
  secret: () => string
  onTable?: (copied: Copied) => void
}

export interface Restored {
  manifest: Manifest
  tables: Copied[]
  /** How many files were stored now. */
  files: number
  /** Rows with something that the secret of this installation doesn't open. */
  sealedElsewhere: number
}

/**
 * Checks a backup and brings all of it back. The database has to be empty, and the file store too but for files of this very
 * backup, so that a restore that broke off can be begun again. Throws `CopyError`; the database is all or nothing.
 */
export async function restore(options: RestoreOptions): Promise<Restored> {
  const { folder, databaseUrl, storage } = options
  const manifest = await checkBackup(folder)
  const last = lastMigration(manifest, databaseUrl)
  await requireOwnFiles(folder, manifest, storage)
  await requireEmptyDatabase(databaseUrl)
  // The tables as they were then; what changed since is done to them afterwards, as in a start of this version.
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

/** Behind its time, which differs between the databases. */
const nameOf = (migration: string) => migration.replace(/^\d+_/, "")

function lastMigration({ migrations }: Manifest, databaseUrl: string): string {
  const ours = migrationNames(databaseUrl)
  const newer = migrations.find((name) => !ours.some((our) => nameOf(our) === nameOf(name)))
  if (newer)
    throw new CopyError(`The backup was made by a newer version of Sparkler (${newer}): restore it with that one.`)
  const last = ours.findLast((our) => migrations.some((name) => nameOf(name) === nameOf(our)))
  if (!last) throw new CopyError("The backup names no migrations.")
  return last
}

async function requireOwnFiles(folder: string, { tables }: Manifest, storage: FileStorage): Promise<void> {
  const ours = new Set<string>()
  for await (const { key } of objectsOf(folder, tables)) ours.add(key)
  for await (const { key } of storage.list())
    if (!ours.has(key))
      throw new CopyError(
        `The file store isn't empty: ${key} isn't of this backup. Name an empty one; nothing was changed.`,
      )
}

async function storeFiles(folder: string, { tables, files }: Manifest, storage: FileStorage): Promise<number> {
  const [from, missing] = [backupStorage(folder), new Set([...files.lost, ...files.removedMeanwhile])]
  let stored = 0
  for await (const object of objectsOf(folder, tables)) {
    if (missing.has(object.key)) continue
    const outcome = await copyObject(from, storage, object)
    if (outcome === "lost") throw new CopyError(`The file ${object.key} of the backup is damaged.`)
    if (outcome === "copied") stored++
  }
  return stored
}

/** What is there already stays: it may be newer, or the operator's own. */
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
