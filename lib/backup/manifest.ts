/** The manifest of a backup. A backup is one folder: `manifest.json`, `database/`, `files/`, `secrets/`. */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { readFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { CopyError } from "@/lib/db/copy/tables"

const FORMAT = 1

const kind = z.enum(["text", "integer", "real", "boolean", "date", "json"])

/**
 * Files in the data folder besides the database and the stored files. Without `auth-secret`, encrypted data can't be
 * read: people's API keys, access to MCP servers, passwords of documents.
 */
export const SECRET_FILES = ["auth-secret", "api-key.json", "setup-owner", "mcp.json"] as const

const manifest = z.object({
  format: z.literal(FORMAT),
  /** The version of Sparkler. */
  version: z.string(),
  /** When the backup started. */
  at: z.string(),
  database: z.enum(["sqlite", "postgresql"]),
  migrations: z.array(z.string()),
  tables: z.array(
    z.object({
      name: z.string().regex(/^\w+$/),
      columns: z.array(z.object({ name: z.string(), kind })),
      rows: z.number(),
      /** Of the table's file, in hex. */
      sha256: z.string(),
    }),
  ),
  files: z.object({
    count: z.number(),
    bytes: z.number(),
    /** Keys of objects that people deleted while the backup was made. */
    removedMeanwhile: z.array(z.string()),
    /** Keys of objects whose bytes the file store had lost or altered. */
    lost: z.array(z.string()),
  }),
  /** Files of the data folder. No other names are allowed, because a name is part of a path. */
  secrets: z.array(z.enum(SECRET_FILES)),
})
export type Manifest = z.infer<typeof manifest>

export const newManifest = (fields: Omit<Manifest, "format">): Manifest => ({ format: FORMAT, ...fields })

export const manifestFile = (folder: string) => path.join(folder, "manifest.json")
export const tableFile = (folder: string, name: string) => path.join(folder, "database", `${name}.ndjson.gz`)
export const objectFolder = (folder: string) => path.join(folder, "files")
export const secretFile = (folder: string, name: string) => path.join(folder, "secrets", name)

/** Throws a `CopyError` if the folder isn't a backup, or is one that this version can't read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(manifestFile(folder), "utf8").catch((cause: unknown) => {
    throw new CopyError(`${folder} isn't a backup: it has no manifest.json.`, { cause })
  })
  const read = manifest.safeParse(jsonOf(text))
  if (read.success) return read.data
  throw new CopyError(`${manifestFile(folder)} can't be read: it is damaged, or from a newer version of Sparkler.`)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** SHA-256 of a file, in hex. */
export async function hashOfFile(file: string): Promise<string> {
  const hash = createHash("sha256")
  for await (const piece of createReadStream(file)) hash.update(piece)
  return hash.digest("hex")
}
