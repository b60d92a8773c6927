/** Implements `npm run backup`, `restore`, `db:copy`, and `files:copy`. */
import { existsSync } from "node:fs"
import { parseArgs } from "node:util"
import { copyDatabase } from "@/lib/backup/copy-database"
import { copyFiles } from "@/lib/backup/copy-files"
import { makeBackup } from "@/lib/backup/make"
import { restore } from "@/lib/backup/restore"
import { config, readConfig } from "@/lib/config"
import { isPostgres, sqliteFile } from "@/lib/db/client"
import { CopyError } from "@/lib/db/copy/tables"
import type { Copied } from "@/lib/db/copy/transfer"
import { s3Storage } from "@/lib/files/s3-storage"
import { fileStorage, folderStorage } from "@/lib/files/storage"

type Say = (line: string) => void

const USAGE = `npm run backup [-- --to FOLDER] [--without-secrets]
    creates a backup in FOLDER or BACKUP_DIR
npm run restore -- BACKUP
    restores a backup into the empty database and file store from the settings
npm run db:copy -- --from ADDRESS --to ADDRESS
    copies a database into an empty one: file:… or postgresql://…
npm run files:copy -- --from folder|s3 --to folder|s3
    copies files between DATA_DIR and the bucket in the S3_… settings`

/** Runs a command and reports its progress with `say`. Throws a `CopyError` if it can't be done. */
export async function runCommand([command, ...args]: string[], say: Say): Promise<void> {
  if (args.includes("--help")) return say(USAGE)
  if (command === "backup") return backup(args, say)
  if (command === "restore") return bringBack(args, say)
  if (command === "db:copy") return databaseCopy(args, say)
  if (command === "files:copy") return filesCopy(args, say)
  throw new CopyError(USAGE)
}

/** Throws a `CopyError` with the usage for invalid arguments. */
function read<Options extends NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>["options"]>>(
  args: string[],
  options: Options,
  allowPositionals = false,
) {
  try {
    return parseArgs({ args, options, allowPositionals })
  } catch (cause) {
    throw new CopyError(`${cause instanceof Error ? cause.message : String(cause)}\n\n${USAGE}`, { cause })
  }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
const SHOWN = 16

const tableLine = ({ table, rows, hash, cleaned }: Copied) =>
  `  ${table.padEnd(18)} ${String(rows).padStart(9)}  ${hash.slice(0, SHOWN)}${
    cleaned > 0 ? `  ${cleaned} with characters that PostgreSQL can't store, replaced with U+FFFD` : ""
  }`

const TABLE_HEAD = `  ${"table".padEnd(18)} ${"rows".padStart(9)}  hash (same on both sides)`

const aboutSecrets = (count: number, secret: string) =>
  `${count} encrypted values (people's API keys, access to MCP servers, passwords of documents) were encrypted with ` +
  `a different AUTH_SECRET than ${secret}. They can't be read until the old secret is set.`

async function backup(args: string[], say: Say): Promise<void> {
  const { values } = read(args, { to: { type: "string" }, "without-secrets": { type: "boolean" } })
  const { databaseUrl, dataDir, store } = config()
  if (!isPostgres(databaseUrl) && !existsSync(sqliteFile(databaseUrl)))
    throw new CopyError(`No database found at ${sqliteFile(databaseUrl)}. Start Sparkler first, or set DATA_DIR.`)
  const secrets = store.backup.secrets && !values["without-secrets"]
  const made = await makeBackup({
    ...{ databaseUrl, dataDir, secrets },
    ...{ storage: fileStorage(), folder: values.to ?? store.backup.folder },
  })
  const { tables, files, secrets: kept } = made.manifest
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  say(`Backup created and verified: ${made.folder}`)
  say(`  ${rows} rows in ${tables.length} tables, ${files.count} files (${megabytes(files.bytes)})`)
  say(
    `  secrets: ${kept.join(", ") || "none"}${secrets && process.env.AUTH_SECRET ? "; AUTH_SECRET itself is not included" : ""}`,
  )
  if (files.removedMeanwhile.length > 0)
    say(`  ${files.removedMeanwhile.length} files were deleted by people during the backup`)
  if (files.lost.length > 0) {
    say(`  ${files.lost.length} files are missing or damaged in the file store: see “lost” in manifest.json`)
    process.exitCode = 1
  }
}

async function bringBack(args: string[], say: Say): Promise<void> {
  const [folder, more] = read(args, {}, true).positionals
  if (!folder || more) throw new CopyError(USAGE)
  // Not `config()`, which would create a new secret before the old one is restored.
  const { databaseUrl, dataDir, store } = readConfig(process.env)
  const storage = store.s3 ? s3Storage(store.s3) : folderStorage(dataDir)
  say(`Verifying ${folder} …`)
  let told = false
  const restored = await restore({
    ...{ folder, databaseUrl, dataDir, storage, secret: () => config().authSecret },
    onTable: (copied) => {
      if (!told) say(TABLE_HEAD)
      told = true
      say(tableLine(copied))
    },
  })
  say(
    `Restored the backup of ${restored.manifest.at} with ${restored.files} files. The search index will be built at the next start.`,
  )
  if (restored.sealedElsewhere > 0) say(aboutSecrets(restored.sealedElsewhere, "this installation's"))
}

async function databaseCopy(args: string[], say: Say): Promise<void> {
  const { from, to } = read(args, { from: { type: "string" }, to: { type: "string" } }).values
  if (!from || !to) throw new CopyError(USAGE)
  for (const url of [from, to])
    if (!/^(?:file:|postgres(?:ql)?:\/\/)/.test(url))
      throw new CopyError(`${url.split(":")[0]} isn't a database address.\n\n${USAGE}`)
  if (!isPostgres(from) && !existsSync(sqliteFile(from)))
    throw new CopyError(`No database found at ${sqliteFile(from)}.`)
  say(TABLE_HEAD)
  const { sealedElsewhere } = await copyDatabase(from, to, config().authSecret, (copied) => say(tableLine(copied)))
  say("Copied and verified. Set DATABASE_URL to the new address. The search index will be built at the next start.")
  say("Files stay where they are, and AUTH_SECRET must stay the same.")
  if (sealedElsewhere > 0) say(aboutSecrets(sealedElsewhere, "the current one"))
}

async function filesCopy(args: string[], say: Say): Promise<void> {
  const { from, to } = read(args, { from: { type: "string" }, to: { type: "string" } }).values
  const { dataDir, store } = config()
  const storageOf = (name: string | undefined) => {
    if (name === "folder") return folderStorage(dataDir)
    if (name !== "s3") throw new CopyError(USAGE)
    if (!store.s3)
      throw new CopyError(
        "No bucket is configured: set S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, and S3_SECRET_ACCESS_KEY.",
      )
    return s3Storage(store.s3)
  }
  if (from === to) throw new CopyError(USAGE)
  const copied = await copyFiles(storageOf(from), storageOf(to), (done) => say(`  ${done} files …`))
  say(
    `${copied.copied} files copied (${megabytes(copied.bytes)}), ${copied.there} already present; sizes and hashes match the database.`,
  )
  for (const key of copied.lost.slice(0, SHOWN)) say(`  missing or damaged in ${from}: ${key}`)
  if (copied.lost.length === 0) return
  say(`${copied.lost.length} files are missing or damaged in ${from} and weren't copied.`)
  process.exitCode = 1
}
