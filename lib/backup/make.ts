/**
 * Backs up everything while Sparkler runs: the database as it is at one moment, then the files that it names. The
 * format is the same for both databases and both file stores, and needs none of their programs.
 */
import { createHash } from "node:crypto"
import { createWriteStream } from "node:fs"
import { copyFile, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { Readable, Transform } from "node:stream"
import { pipeline } from "node:stream/promises"
import { createGzip } from "node:zlib"
import { type Manifest, manifestFile, newManifest, SECRET_FILES, secretFile, tableFile } from "@/lib/backup/manifest"
import { copyObject, type StoredObject } from "@/lib/backup/objects"
import { backupStorage, checkBackup, objectsOf } from "@/lib/backup/read"
import { db, isPostgres } from "@/lib/db/client"
import type { Source, Table } from "@/lib/db/copy/tables"
import { openSource } from "@/lib/db/copy/transfer"
import type { FileStorage } from "@/lib/files/storage"
import { waitUntilCaughtUp } from "@/lib/observe/loop-delay"
import { appVersion } from "@/lib/observe/version"

export interface BackupOptions {
  databaseUrl: string
  dataDir: string
  storage: FileStorage
  /** The folder in which the backup's folder is created. */
  folder: string
  /** Includes the data folder's secret files. */
  secrets: boolean
  signal?: AbortSignal
}

/** Milliseconds that a batch waits for a process that is behind with its answers. */
const PATIENCE_MS = 1_000
export const UNFINISHED = ".part"
export const BACKUP_NAME = /^sparkler-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/

/** Makes a backup, verifies it, and returns its folder. Until then the folder's name ends in `.part`. */
export async function makeBackup(options: BackupOptions): Promise<{ folder: string; manifest: Manifest }> {
  const at = new Date()
  const folder = path.join(options.folder, `sparkler-${at.toISOString().replace(/[:.]/g, "-")}`)
  const unfinished = `${folder}${UNFINISHED}`
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  await mkdir(unfinished, { mode: 0o700 })
  try {
    const manifest = await write(unfinished, at, options)
    await checkBackup(unfinished, options.signal)
    await rename(unfinished, folder)
    return { folder, manifest }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

async function write(folder: string, at: Date, options: BackupOptions): Promise<Manifest> {
  const source = await openSource(options.databaseUrl)
  const tables: Manifest["tables"] = []
  try {
    await mkdir(path.join(folder, "database"), { mode: 0o700 })
    for (const table of source.tables) tables.push(await writeTable(folder, source, table, options.signal))
  } finally {
    await source.close()
  }
  const files = await copyFiles(folder, tables, options)
  const manifest = newManifest({
    version: await appVersion(),
    at: at.toISOString(),
    database: isPostgres(options.databaseUrl) ? "postgresql" : "sqlite",
    migrations: source.migrations,
    tables,
    files,
    secrets: options.secrets ? await copySecrets(folder, options.dataDir) : [],
  })
  await writeFile(manifestFile(folder), JSON.stringify(manifest, null, 2), { mode: 0o600, flush: true })
  return manifest
}

/** One line per row, with its values in the order of the columns. */
async function writeTable(
  folder: string,
  source: Source,
  table: Table,
  signal: AbortSignal | undefined,
): Promise<Manifest["tables"][number]> {
  let rows = 0
  async function* lines() {
    for await (const batch of source.rows(table)) {
      if (rows > 0) await waitUntilCaughtUp(PATIENCE_MS)
      rows += batch.length
      if (batch.length > 0) yield `${batch.map((row) => JSON.stringify(row)).join("\n")}\n`
    }
  }
  const hash = createHash("sha256")
  const hashed = new Transform({
    transform: (piece: Buffer, _, done) => {
      hash.update(piece)
      done(null, piece)
    },
  })
  const file = tableFile(folder, table.name)
  const zip = createGzip({ level: 3 })
  await pipeline(Readable.from(lines()), zip, hashed, createWriteStream(file, { mode: 0o600, flush: true }), { signal })
  const columns = table.columns.map(({ name, kind }) => ({ name, kind }))
  return { name: table.name, columns, rows, sha256: hash.digest("hex") }
}

async function copyFiles(
  folder: string,
  tables: Manifest["tables"],
  { storage, signal }: BackupOptions,
): Promise<Manifest["files"]> {
  const to = backupStorage(folder)
  const files: Manifest["files"] = { count: 0, bytes: 0, removedMeanwhile: [], lost: [] }
  for await (const object of objectsOf(folder, tables)) {
    signal?.throwIfAborted()
    const outcome = await copyObject(storage, to, object)
    if (outcome === "lost") files[(await isWanted(object)) ? "lost" : "removedMeanwhile"].push(object.key)
    else {
      files.count++
      files.bytes += object.size
    }
  }
  return files
}

/** Whether the object is still stored and not marked for removal. */
const isWanted = async ({ key }: StoredObject): Promise<boolean> =>
  (await db().storedObject.count({ where: { key, removedAt: null } })) > 0

async function copySecrets(folder: string, dataDir: string): Promise<Manifest["secrets"]> {
  const copied: Manifest["secrets"] = []
  for (const name of SECRET_FILES) {
    const from = path.join(dataDir, name)
    if (!(await stat(from).catch(() => null))?.isFile()) continue
    await mkdir(path.join(folder, "secrets"), { recursive: true, mode: 0o700 })
    await copyFile(from, secretFile(folder, name))
    const handle = await open(secretFile(folder, name), "r+")
    await handle.chmod(0o600).finally(() => handle.close())
    copied.push(name)
  }
  return copied
}
