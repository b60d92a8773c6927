/**
 * Entry point for importing chats: a file is uploaded, read, previewed, and then stored, by jobs that survive a
 * restart.
 */
import { open } from "node:fs/promises"
import path from "node:path"
import { setTimeout } from "node:timers/promises"
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, sentence } from "@/lib/i18n/sentences"
import { idSchema } from "@/lib/ids"
import { cleanName } from "@/lib/images/name"
import type { FoundChat } from "@/lib/import/read/types"
import { existingNames, isThere, runImport } from "@/lib/import/run"
import {
  allStages,
  clearStage,
  folderOf,
  foundChats,
  importsOf,
  type Meta,
  makeStage,
  readFault,
  readFound,
  readMeta,
  readResult,
  removeStage,
  writeChosen,
  writeFault,
  writeMeta,
} from "@/lib/import/stage"
import type { Chosen, ImportState, Preview, PreviewChat } from "@/lib/import/types"
import { defineJob } from "@/lib/jobs/define"
import { cancel, enqueue, jobOf } from "@/lib/jobs/jobs"
import { singleton } from "@/lib/singleton"
import { consumeLimit, HOUR_MS } from "@/lib/throttle/count-times"
import { work } from "@/lib/work/work"

const payload = z.strictObject({ importId: idSchema })
/** CPU time limit for reading a file, in milliseconds: 500 MB take about 20 seconds. */
const READ_MS = 300_000

/** Reads the uploaded file. An error is stored as a message, without retries. */
export const readImportJob = defineJob({
  ...{ name: "read-import", payload, attempts: 3 },
  run: async ({ userId, payload: { importId }, signal }) => {
    if (userId === null || !(await readMeta(userId, importId))) return
    const folder = folderOf(userId, importId)
    const { importBytes, imageBytes } = config().limits
    const limits = { textBytes: importBytes, allBytes: 4 * importBytes, maxImageBytes: imageBytes }
    try {
      await work(
        "readImport",
        { person: userId, ms: READ_MS, signal },
        { file: path.join(folder, "upload"), folder, ...limits },
      )
    } catch (error) {
      if (signal.aborted || !(error instanceof AppError) || error.code === "work:busy") throw error
      await writeFault(userId, importId, error.sentence)
      await clearStage(userId, importId)
    }
  },
})

/** `mostBytes`: storage limit for all of the user's files; null for no limit. */
const storing = payload.extend({ mostBytes: z.number().nullable() })

export const importJob = defineJob({
  ...{ name: "import", payload: storing, attempts: 5 },
  run: async ({ userId, payload: { importId, mostBytes }, signal, progress }) => {
    if (userId !== null && (await readMeta(userId, importId)))
      await runImport({ userId, importId, mostBytes, signal, progress })
  },
})

export const importJobs = [readImportJob, importJob]

const keyOf = (userId: string) => `import ${userId}`
const notFound = () => new AppError("import:not_found")

/** Imports per user and hour: each may occupy a thread for minutes. */
const MAX_IMPORTS = { most: 30, perMs: HOUR_MS }

/** Users currently uploading to this process. */
const uploading = () => singleton("importUploads", () => new Set<string>())

/**
 * Stores a file as it streams in, and starts reading it. Removes the user's previous import. `room`: free bytes; null
 * for no limit. Throws `limit:reached` while another import is uploading, after too many, or without free space, and
 * `import:too_large`.
 */
export async function beginImport(
  userId: string,
  body: ReadableStream<Uint8Array> | null,
  name: string,
  room: number | null = null,
): Promise<string> {
  if (uploading().has(userId)) throw new AppError("limit:reached/import")
  await consumeLimit("imports", userId, MAX_IMPORTS)
  uploading().add(userId)
  const id = uuidv7()
  try {
    for (const before of await importsOf(userId)) await clearAway(userId, before)
    await makeStage(userId, id)
    await writeMeta(userId, id, { name: cleanName(name), readJob: null, importJob: null })
    await receive(path.join(folderOf(userId, id), "upload"), body, { name: cleanName(name), room })
    const readJob = await enqueue(readImportJob, { importId: id }, { userId, key: keyOf(userId) })
    if (readJob === null) throw new AppError("limit:reached/import")
    await writeMeta(userId, id, { name: cleanName(name), readJob, importJob: null })
    return id
  } catch (error) {
    await removeStage(userId, id)
    throw error
  } finally {
    uploading().delete(userId)
  }
}

async function clearAway(userId: string, id: string): Promise<void> {
  const state = await stateOf(userId, id)
  if (state === "reading" || state === "importing") throw new AppError("limit:reached/import")
  await removeStage(userId, id)
}

async function receive(
  file: string,
  body: ReadableStream<Uint8Array> | null,
  { name, room }: { name: string; room: number | null },
): Promise<void> {
  const { importBytes } = config().limits
  const handle = await open(file, "wx", 0o600)
  let size = 0
  try {
    for await (const bytes of body ?? []) {
      size += bytes.byteLength
      if (size > importBytes)
        throw new AppError("import:too_large", { values: { limit: Math.round(importBytes / 1e6) } })
      if (room !== null && size > room)
        throw new AppError("limit:reached/storage_import", { values: { name, free: Math.floor(room / 1e6) } })
      await handle.write(bytes)
    }
  } finally {
    await handle.close()
  }
  if (size === 0) throw new AppError("request:invalid/no_files")
}

async function stateOf(userId: string, id: string, meta?: Meta | null): Promise<ImportState["state"] | null> {
  const known = meta ?? (await readMeta(userId, id))
  if (!known) return null
  if (known.importJob !== null) {
    const job = await jobOf(known.importJob, userId)
    if (!job || job.state === "failed") return "failed"
    return job.state === "done" || job.state === "cancelled" ? job.state : "importing"
  }
  if (await readFault(userId, id)) return "failed"
  const job = known.readJob === null ? null : await jobOf(known.readJob, userId)
  if (!job) return known.readJob === null && uploading().has(userId) ? "reading" : "failed"
  if (job.state === "done") return "ready"
  return job.state === "failed" || job.state === "cancelled" ? "failed" : "reading"
}

/** The state of an import. Throws `import:not_found`. */
export async function importState(userId: string, id: string, language: Language): Promise<ImportState> {
  const meta = await readMeta(userId, id)
  const state = await stateOf(userId, id, meta)
  if (!meta || !state) throw notFound()
  const [fault, outcome, job] = await Promise.all([
    readFault(userId, id),
    readResult(userId, id),
    meta.importJob === null ? null : jobOf(meta.importJob, userId),
  ])
  const said = <T extends { why: Parameters<typeof renderSentence>[0] }>(row: T) => ({
    ...row,
    why: renderSentence(row.why, language),
  })
  return {
    ...{ id, name: meta.name, state, progress: job?.progress ?? 0 },
    error: state === "failed" ? renderSentence(fault ?? sentence("server:internal"), language) : null,
    result: outcome && { ...outcome, failed: outcome.failed.map(said), lostImages: outcome.lostImages.map(said) },
  }
}

/** The user's most recent import, or null. */
export async function latestImport(userId: string, language: Language): Promise<ImportState | null> {
  const id = (await importsOf(userId)).at(-1)
  return id === undefined ? null : importState(userId, id, language).catch(() => null)
}

/** What would be imported. Throws `import:not_found`, `import:not_ready`. */
export async function previewOf(userId: string, id: string): Promise<Preview> {
  const state = await stateOf(userId, id)
  if (!state) throw notFound()
  const found = state === "ready" ? await readFound(userId, id) : null
  if (!found) throw new AppError("import:not_ready")
  const all: FoundChat[] = []
  for await (const chat of foundChats(userId, id)) all.push(chat)
  const there = await existingNames(userId, all)
  const chats = all.map(({ at: _at, bytes: _bytes, id: _id, ...chat }, place): PreviewChat => {
    const own = all[place]
    return { ...chat, there: own !== undefined && isThere(there, own) }
  })
  return { ...found, chats }
}

/** Stores the chosen chats. Throws `import:not_found`, `import:not_ready`. */
export async function startImport(
  userId: string,
  id: string,
  chosen: Chosen,
  mostBytes: number | null = null,
): Promise<void> {
  const meta = await readMeta(userId, id)
  if (!meta) throw notFound()
  if ((await stateOf(userId, id, meta)) !== "ready") throw new AppError("import:not_ready")
  await writeChosen(userId, id, chosen)
  const importJobId = await enqueue(importJob, { importId: id, mostBytes }, { userId, key: keyOf(userId) })
  if (importJobId === null) throw new AppError("limit:reached/import")
  await writeMeta(userId, id, { ...meta, importJob: importJobId })
}

/** Cancels an import, or removes what is left of one. Chats already stored are kept. Throws `import:not_found`. */
export async function cancelImport(userId: string, id: string): Promise<void> {
  const meta = await readMeta(userId, id)
  if (!meta) throw notFound()
  const state = await stateOf(userId, id, meta)
  for (const job of [meta.readJob, meta.importJob]) if (job !== null) await cancel(job, userId)
  if (state === "reading" && meta.readJob !== null) await ended(meta.readJob, userId)
  // While it is being stored, its result is still needed.
  if (state !== "importing") await removeStage(userId, id)
}

/** Milliseconds between checks for the job's end, and the maximum time to wait for it. */
const LOOK_MS = 100
const MAX_LOOKS_MS = 15_000

/** Waits for the job to end: until then the next import would be rejected. */
async function ended(jobId: string, userId: string): Promise<void> {
  for (let waited = 0; waited < MAX_LOOKS_MS; waited += LOOK_MS) {
    const state = (await jobOf(jobId, userId))?.state
    if (state !== "running" && state !== "waiting") return
    await setTimeout(LOOK_MS)
  }
}

/** Milliseconds for which an uploaded file, or the result of an import, is kept. */
const KEPT_MS = 2 * 24 * 60 * 60 * 1_000

/** Removes imports untouched for two days. Returns how many. */
export async function sweepImports(now = new Date()): Promise<number> {
  let count = 0
  for await (const { userId, id, changedAt } of allStages()) {
    if (now.getTime() - changedAt.getTime() < KEPT_MS) continue
    const state = await stateOf(userId, id)
    if (state === "reading" || state === "importing") continue
    await removeStage(userId, id)
    count++
  }
  return count
}
