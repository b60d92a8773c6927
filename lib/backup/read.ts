/** Reads a backup: its contents, and whether they are unaltered. */
import { createReadStream } from "node:fs"
import path from "node:path"
import type { Readable } from "node:stream"
import { createGunzip } from "node:zlib"
import { z } from "zod"
import { hashOfFile, type Manifest, objectFolder, readManifest, secretFile, tableFile } from "@/lib/backup/manifest"
import { holds, type StoredObject } from "@/lib/backup/objects"
import { Batch, CopyError, inOrder, type Row, type Source } from "@/lib/db/copy/tables"
import { directoryStorage } from "@/lib/files/directory-storage"
import type { FileStorage } from "@/lib/files/storage"

const rowSchema = z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** Splits at `\n` only: `node:readline` also ends lines at U+2028, which JSON doesn't escape. */
async function* linesOf(stream: Readable): AsyncGenerator<string> {
  let rest = ""
  stream.setEncoding("utf8")
  for await (const piece of stream) {
    const lines = `${rest}${piece}`.split("\n")
    rest = lines.pop() ?? ""
    yield* lines
  }
  if (rest) yield rest
}

async function* rowsOf(folder: string, name: string): AsyncGenerator<Row[]> {
  const file = createReadStream(tableFile(folder, name))
  const unzipped = createGunzip()
  file.on("error", (error) => unzipped.destroy(error))
  const batch = new Batch()
  for await (const line of linesOf(file.pipe(unzipped)))
    if (batch.add(rowSchema.parse(JSON.parse(line)))) yield batch.take()
  yield batch.take()
}

/** The database of a backup as a source for copying. */
export function backupSource(folder: string, { tables, migrations }: Manifest): Source {
  return {
    tables: inOrder(
      tables.map(({ name, columns }) => ({
        name,
        columns: columns.map((column) => ({ ...column, type: column.kind })),
        references: [],
      })),
    ),
    migrations,
    rows: ({ name }) => rowsOf(folder, name),
    close: async () => {},
  }
}

/** The files of a backup. */
export const backupStorage = (folder: string): FileStorage =>
  directoryStorage(objectFolder(folder), { earlier: path.join(objectFolder(folder), "earlier") })

const OBJECTS = "StoredObject"
const objectRow = z.object({ key: z.string(), sha256: z.string(), size: z.number(), removedAt: z.string().nullable() })

/** The objects that the database of a backup names, except those that were being removed. */
export async function* objectsOf(folder: string, tables: Manifest["tables"]): AsyncGenerator<StoredObject> {
  const table = tables.find(({ name }) => name === OBJECTS)
  // Versions without file storage don't have the table.
  if (!table) return
  for await (const rows of rowsOf(folder, OBJECTS))
    for (const row of rows) {
      const { removedAt, ...object } = objectRow.parse(
        Object.fromEntries(table.columns.map(({ name }, n) => [name, row[n]])),
      )
      if (removedAt === null) yield object
    }
}

/** Compares the whole backup with its manifest. Throws a `CopyError` that names what is damaged. */
export async function checkBackup(folder: string, signal?: AbortSignal): Promise<Manifest> {
  const manifest = await readManifest(folder)
  for (const { name, rows, sha256 } of manifest.tables) {
    signal?.throwIfAborted()
    if ((await hashOfFile(tableFile(folder, name)).catch(() => "")) !== sha256)
      throw new CopyError(`The backup is damaged: ${tableFile(folder, name)} doesn't match its hash.`)
    let found = 0
    for await (const batch of rowsOf(folder, name)) found += batch.length
    if (found !== rows) throw new CopyError(`The backup is damaged: ${name} has ${found} rows, not ${rows}.`)
  }
  const storage = backupStorage(folder)
  const missing = new Set([...manifest.files.lost, ...manifest.files.removedMeanwhile])
  for await (const object of objectsOf(folder, manifest.tables)) {
    signal?.throwIfAborted()
    if (!missing.has(object.key) && !(await holds(storage, object)))
      throw new CopyError(`The backup is damaged: the file ${object.key} is missing or doesn't match its hash.`)
  }
  for (const name of manifest.secrets) await requireFile(secretFile(folder, name))
  return manifest
}

async function requireFile(file: string): Promise<void> {
  await hashOfFile(file).catch((cause: unknown) => {
    throw new CopyError(`The backup is damaged: ${file} is missing.`, { cause })
  })
}
