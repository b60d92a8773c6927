/** Where an import is stored while it is read and imported: a folder per user below the data folder. */
import { createReadStream } from "node:fs"
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises"
import path from "node:path"
import { z } from "zod"
import { config } from "@/lib/config"
import { type Sentence, sentenceSchema } from "@/lib/i18n/sentence.types"
import { idSchema } from "@/lib/ids"
import type { Found, FoundChat } from "@/lib/import/read/types"
import type { Chosen } from "@/lib/import/types"

const root = () => path.join(/* turbopackIgnore: true */ config().dataDir, "imports")
const foldersOf = (userId: string) => path.join(root(), idSchema.parse(userId))

export const folderOf = (userId: string, id: string): string => path.join(foldersOf(userId), idSchema.parse(id))

const metaSchema = z.object({
  name: z.string(),
  readJob: z.string().nullable(),
  importJob: z.string().nullable(),
})
export type Meta = z.infer<typeof metaSchema>

/** A file in the folder; null if it doesn't exist yet. */
async function read(userId: string, id: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path.join(folderOf(userId, id), name), "utf8"))
  } catch {
    return null
  }
}

/** Atomic: either fully written or unchanged. */
async function write(userId: string, id: string, name: string, value: unknown): Promise<void> {
  const file = path.join(folderOf(userId, id), name)
  await writeFile(`${file}.part`, JSON.stringify(value))
  await rename(`${file}.part`, file)
}

export const readMeta = async (userId: string, id: string): Promise<Meta | null> =>
  metaSchema.safeParse(await read(userId, id, "meta.json")).data ?? null

export const writeMeta = (userId: string, id: string, meta: Meta) => write(userId, id, "meta.json", meta)

export const readResult = async (userId: string, id: string): Promise<Outcome | null> =>
  resultSchema.safeParse(await read(userId, id, "result.json")).data ?? null
export const writeResult = (userId: string, id: string, result: Outcome) => write(userId, id, "result.json", result)

/** `ImportResult` with its messages not yet localized. */
const resultSchema = z.object({
  imported: z.number(),
  there: z.number(),
  failed: z.array(z.object({ title: z.string(), why: sentenceSchema })),
  images: z.number(),
  lostImages: z.array(z.object({ name: z.string(), why: sentenceSchema })),
})

export type Outcome = z.infer<typeof resultSchema>

export const readChosen = async (userId: string, id: string): Promise<Chosen> =>
  z
    .array(z.tuple([z.number(), z.number()]))
    .catch([])
    .parse(await read(userId, id, "chosen.json"))
export const writeChosen = (userId: string, id: string, chosen: Chosen) => write(userId, id, "chosen.json", chosen)

export const readFault = async (userId: string, id: string): Promise<Sentence | null> =>
  sentenceSchema.safeParse(await read(userId, id, "fault.json")).data ?? null
export const writeFault = (userId: string, id: string, sentence: Sentence) => write(userId, id, "fault.json", sentence)

export const readFound = async (userId: string, id: string): Promise<Found | null> =>
  foundSchema.safeParse(await read(userId, id, "found.json")).data ?? null

const count = z.number()
const foundSchema: z.ZodType<Found> = z.object({
  unread: z.array(
    z.object({ title: z.string().nullable(), why: z.enum(["not_json", "too_large", "unknown", "empty"]) }),
  ),
  moreUnread: count,
  losses: z.array(z.object({ kind: z.enum(["image", "file", "piece", "cut"]), name: z.string(), chat: z.string() })),
  extras: z
    .object({ presets: count, prompts: count, schemas: count.default(0), models: count, choices: count })
    .nullable(),
})
export const readManifestFile = (userId: string, id: string) => read(userId, id, "manifest.json")

/** Streams the chats found, line by line: there may be many. */
export async function* foundChats(userId: string, id: string): AsyncGenerator<FoundChat, void> {
  for await (const line of lines(path.join(folderOf(userId, id), "index.ndjson"))) yield JSON.parse(line)
}

/** The concatenated lines of all grids, or evals; none if the file had none. */
export async function* stagedLines(userId: string, id: string, of: "grids" | "evals"): AsyncGenerator<string, void> {
  const file = path.join(folderOf(userId, id), `${of}.ndjson`)
  const there = await stat(file).then(
    () => true,
    () => false,
  )
  if (there) yield* lines(file)
}

/** A chat's lines: its header, then its messages. */
export const chatLines = (userId: string, id: string, { at, bytes }: FoundChat): AsyncIterable<string> =>
  lines(path.join(folderOf(userId, id), "chats.ndjson"), { start: at, end: at + bytes - 1 })

/**
 * Lines as JSON defines them: only `
 * ` ends one.
 */
async function* lines(file: string, range: { start?: number; end?: number } = {}): AsyncGenerator<string, void> {
  let kept: Buffer[] = []
  for await (const piece of createReadStream(file, range)) {
    const bytes: Buffer = piece
    let from = 0
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
      yield Buffer.concat([...kept, bytes.subarray(from, at)]).toString("utf8")
      kept = []
      from = at + 1
    }
    kept.push(bytes.subarray(from))
  }
}

const NEWLINE = 10

/** IDs of this user's imports, newest last. */
export const importsOf = async (userId: string): Promise<string[]> =>
  (await readdir(foldersOf(userId)).catch(() => [])).filter((name) => idSchema.safeParse(name).success).sort()

/** Bytes of the files this user has uploaded for import. */
export async function stagedBytes(userId: string): Promise<number> {
  const sizes = (await importsOf(userId)).map(async (id) => {
    const found = await stat(path.join(folderOf(userId, id), "upload")).catch(() => null)
    return found?.size ?? 0
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}

export async function makeStage(userId: string, id: string): Promise<void> {
  await mkdir(folderOf(userId, id), { recursive: true, mode: 0o700 })
}

export const removeStage = (userId: string, id: string) =>
  rm(folderOf(userId, id), { recursive: true, force: true, maxRetries: 3 })

export const removeStagesOf = (userId: string) => rm(foldersOf(userId), { recursive: true, force: true, maxRetries: 3 })

/** Keeps the result, and removes the input files. */
export async function clearStage(userId: string, id: string): Promise<void> {
  const folder = folderOf(userId, id)
  for (const name of [
    "upload",
    "chats.ndjson",
    "index.ndjson",
    "found.json",
    "manifest.json",
    "grids.ndjson",
    "evals.ndjson",
    "images",
  ])
    await rm(path.join(/* turbopackIgnore: true */ folder, name), { recursive: true, force: true })
}

/** Everything in the folder, with its last modification time. */
export async function* allStages(): AsyncGenerator<{ userId: string; id: string; changedAt: Date }, void> {
  for (const userId of await readdir(root()).catch(() => []))
    if (idSchema.safeParse(userId).success)
      for (const id of await importsOf(userId)) {
        const found = await stat(folderOf(userId, id)).catch(() => null)
        if (found) yield { userId, id, changedAt: found.mtime }
      }
}
