/** Stores the selected chats of an import one by one. When restarted, it continues after those already stored. */
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { MAX_TAGS, tagName } from "@/lib/chat/list/sections"
import { notifyOutlineChanged, tellAll } from "@/lib/chat/news/news"
import { alreadyImported, type ImportedMessage, storeImport } from "@/lib/db/imports"
import { paced } from "@/lib/export/pace"
import { AppError } from "@/lib/http/errors"
import type { Sentence } from "@/lib/i18n/sentence.types"
import { sentence } from "@/lib/i18n/sentences"
import { importExtras } from "@/lib/import/extras"
import { ImportFolders } from "@/lib/import/folders"
import { readSettings } from "@/lib/import/formats/settings"
import { ImportImages } from "@/lib/import/images"
import type { FoundChat } from "@/lib/import/read/types"
import { type Line, lineSchema, NewIds, rowOf } from "@/lib/import/rows"
import {
  chatLines,
  clearStage,
  foundChats,
  type Outcome,
  readChosen,
  readResult,
  writeResult,
} from "@/lib/import/stage"
import { isRecord } from "@/lib/is-record"
import { logFault } from "@/lib/log"

/** Maximum number of messages, and of characters, per transaction. */
const PIECE = { messages: 25, characters: 400_000 }
const MAX_NAMED = 200
/** Open pages are notified after this many chats. */
const TELL_EACH = 50

export interface Run {
  userId: string
  importId: string
  /** Storage limit for all of the user's files; null for no limit. */
  mostBytes: number | null
  signal: AbortSignal
  progress(done: number): void
}

const NOTHING: Outcome = { imported: 0, there: 0, failed: [], images: 0, lostImages: [] }

export async function runImport({ userId, importId, mostBytes, signal, progress }: Run): Promise<void> {
  const outcome: Outcome = (await readResult(userId, importId)) ?? structuredClone(NOTHING)
  const images = new ImportImages(userId, importId, mostBytes)
  const before = outcome.images
  const folders = new ImportFolders(userId)
  const chosen = await selectedChats(userId, importId)
  /** Chats handled by an earlier attempt, which are skipped and not counted twice. */
  let passed = outcome.imported + outcome.there + outcome.failed.length
  let untold: string[] = []
  const tell = async () => {
    if (untold.length > 0) await tellAll(userId, untold)
    untold = []
  }
  try {
    const there = await existingNames(userId, chosen)
    for (const [place, found] of chosen.entries()) {
      signal.throwIfAborted()
      progress(place / chosen.length)
      if (passed > 0) {
        passed--
        continue
      }
      if (there.has(nameOf(found))) outcome.there++
      else {
        const id = await storeChat(found, { userId, importId, signal, images, folders, outcome })
        if (id) untold.push(id)
        there.add(nameOf(found))
      }
      outcome.images = before + images.added
      await writeResult(userId, importId, outcome)
      if (untold.length >= TELL_EACH) await tell()
    }
    await importExtras(userId, importId)
    await writeResult(userId, importId, outcome)
    await clearStage(userId, importId)
  } finally {
    await images.close()
    await tell()
    await notifyOutlineChanged(userId)
  }
}

/** The selected chats, in file order. */
export async function selectedChats(userId: string, importId: string): Promise<FoundChat[]> {
  const ranges = await readChosen(userId, importId)
  const chats: FoundChat[] = []
  let place = 0
  for await (const found of foundChats(userId, importId)) {
    if (ranges.some(([first, last]) => place >= first && place <= last)) chats.push(found)
    place++
  }
  return chats
}

const nameOf = ({ source, id }: FoundChat) => `${source} ${id}`

/** Names of the chats that already exist. */
export async function existingNames(userId: string, chats: FoundChat[]): Promise<Set<string>> {
  const there = new Set<string>()
  for (const source of new Set(chats.map((chat) => chat.source))) {
    const ids = chats.flatMap((chat) => (chat.source === source ? [chat.id] : []))
    for (const id of await alreadyImported(userId, source, ids)) there.add(`${source} ${id}`)
  }
  return there
}

export const isThere = (there: Set<string>, chat: FoundChat): boolean => there.has(nameOf(chat))

const headSchema = z.object({
  title: z.string(),
  createdAt: z.number().nullable(),
  updatedAt: z.number().nullable(),
  model: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()).nullable(),
  leafId: z.string().nullable(),
  pinnedAt: z.number().nullable(),
  archivedAt: z.number().nullable(),
  folder: z.string().nullable(),
  tags: z.array(z.string()),
  titleSource: z.enum(["draft", "model", "user"]),
})

interface Storing extends Omit<Run, "progress" | "mostBytes"> {
  images: ImportImages
  folders: ImportFolders
  outcome: Outcome
}

/**
 * Stores one chat, all or nothing. Returns its ID, or null if it could not be stored, which is recorded. Throws when
 * aborted.
 */
async function storeChat(found: FoundChat, storing: Storing): Promise<string | null> {
  const { userId, importId, signal, folders, outcome } = storing
  const lines = chatLines(userId, importId, found)[Symbol.asyncIterator]()
  const id = uuidv7()
  try {
    const head = headSchema.parse(JSON.parse((await lines.next()).value ?? ""))
    const ids = new NewIds()
    const shown = new Set<string>()
    const moment = (at: number | null) => (at === null ? null : new Date(at))
    const createdAt = new Date(head.createdAt ?? found.from ?? Date.now())
    await storeImport({
      ...{ id, userId, title: head.title, titleSource: head.titleSource, createdAt },
      // A model from elsewhere would reject the next question, so the default model answers it.
      model: found.source === "sparkler" ? head.model : null,
      updatedAt: new Date(head.updatedAt ?? found.to ?? createdAt.getTime()),
      settings: head.settings && readSettings(head.settings),
      ...{ pinnedAt: moment(head.pinnedAt), archivedAt: moment(head.archivedAt) },
      folderId: head.folder === null ? null : await folders.of(head.folder),
      tags: [...new Set(head.tags.map(tagName).filter(Boolean))].slice(0, MAX_TAGS),
      ...{ source: found.source, externalId: found.id },
      pieces: () => pieces(lines, found, { ...storing, ids, shown, createdAt }),
      leafId: () => (head.leafId === null ? null : ids.known(head.leafId)),
      files: () => [...shown],
    })
    outcome.imported++
    return id
  } catch (error) {
    signal.throwIfAborted()
    logFault("importing a chat", error)
    if (outcome.failed.length < MAX_NAMED) outcome.failed.push({ title: found.title, why: sentenceOf(error) })
    return null
  } finally {
    await lines.return?.()
  }
}

const sentenceOf = (error: unknown): Sentence =>
  error instanceof AppError ? error.sentence : sentence("server:internal")

interface Reading extends Storing {
  ids: NewIds
  /** Files its messages show. */
  shown: Set<string>
  createdAt: Date
}

async function* pieces(
  lines: AsyncIterator<string>,
  found: FoundChat,
  reading: Reading,
): AsyncGenerator<ImportedMessage[]> {
  let piece: ImportedMessage[] = []
  let characters = 0
  let last = reading.createdAt
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    reading.signal.throwIfAborted()
    const message = lineSchema.parse(JSON.parse(line.value))
    const parts = await partsOf(message, found, reading)
    const row = rowOf(message, { ids: reading.ids, otherwise: new Date(last.getTime() + 1), parts })
    last = row.createdAt
    piece.push(row)
    characters += line.value.length
    if (piece.length < PIECE.messages && characters < PIECE.characters) continue
    const full = piece
    yield* [await paced(async () => full)]
    piece = []
    characters = 0
  }
  if (piece.length > 0) yield piece
}

const asRecord = (value: unknown) => (isRecord(value) ? value : {})

/** The parts with their images and documents added. One that fails is reported, and its name takes its place. */
async function partsOf(
  { parts }: Line,
  { source }: FoundChat,
  { images, shown, outcome }: Reading,
): Promise<unknown[]> {
  const placed: unknown[] = []
  for (const part of parts) {
    if (part.type !== "image" && part.type !== "document") {
      placed.push(part)
      continue
    }
    const name = typeof part.name === "string" ? part.name : "image"
    try {
      if (part.type === "document") {
        const documentId = await images.takeDocument({ ref: String(part.ref), name, own: true })
        shown.add(documentId)
        placed.push({ type: "data-document", data: { ...asRecord(part.data), documentId } })
        continue
      }
      const image = await images.take({ ref: String(part.ref), name, own: source === "sparkler" })
      shown.add(image.id)
      placed.push({ type: "file", mediaType: image.mediaType, url: image.url, filename: image.name })
    } catch (error) {
      if (outcome.lostImages.length < MAX_NAMED) outcome.lostImages.push({ name, why: sentenceOf(error) })
      placed.push({ type: "text", text: `[${name}]` })
    }
  }
  return placed
}
