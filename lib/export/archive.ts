/** The zip of all of a person's data, written as it is read, so that it is never in memory as a whole. */
import { makeZip } from "client-zip"
import { exportedFiles } from "@/lib/db/files"
import { foldersOf } from "@/lib/db/folders"
import { type ListedRow, pageOf } from "@/lib/db/listing"
import { choicesOf } from "@/lib/db/model-choices"
import { imageSupportOf } from "@/lib/db/model-image-support"
import { exportedAccount, exportedShares } from "@/lib/db/people/exported"
import { presetsOf } from "@/lib/db/presets"
import { promptsOf } from "@/lib/db/prompts"
import { allVersionsOf } from "@/lib/db/schemas/schemas"
import { CHAT_END, chatPieces } from "@/lib/export/chat-json"
import { evalLines, exportedEvals } from "@/lib/export/evals"
import { exportedGrids, gridLines } from "@/lib/export/grids"
import { chatMarkdown } from "@/lib/export/markdown"
import { safeName, uniqueNames } from "@/lib/export/names"
import { paced } from "@/lib/export/pace"
import { EXPORT_VERSION, type ExportManifest, type ExportProblem } from "@/lib/export/types"
import { fileStorage } from "@/lib/files/storage"
import type { Language } from "@/lib/i18n/language"
import { renderSentence, sentence } from "@/lib/i18n/sentences"

/** A zip without the 64-bit extension can have 65,535 entries; chats beyond this limit have no Markdown file. */
const MAX_ENTRIES = 60_000
const PAGE = 100

interface Entry {
  name: string
  lastModified: Date
  input: string | AsyncIterable<string | Uint8Array>
}

interface Asked {
  userId: string
  language: Language
  /** Exports one chat only. */
  only?: ListedRow
  mostEntries?: number
}

/** The bytes of the zip. Canceling releases everything it holds. */
export const exportArchive = (asked: Asked): ReadableStream<Uint8Array> => makeZip(entries(asked))

/** Zip dates range from 1980 to 2107. */
const keptDate = (date: Date): Date => {
  const year = date.getFullYear()
  return year >= 1980 && year <= 2107 ? date : new Date()
}

async function* entries({ userId, language, only, mostEntries = MAX_ENTRIES }: Asked): AsyncGenerator<Entry> {
  const now = new Date()
  const problems: ExportProblem[] = []
  const files: ExportManifest["files"] = []
  const told = { chats: 0, images: new Set<string>() }
  yield { name: "README.txt", lastModified: now, input: `${renderSentence(sentence("export:readme"), language)}\n` }
  yield { name: "chats.json", lastModified: now, input: chatsJson(chatsOf(userId, only), { userId, problems, told }) }
  for await (const { entry, file } of imagesOf(userId, problems, { chat: only?.id, shown: told.images })) {
    files.push(file)
    yield entry
  }
  const paths = new Map(files.map(({ id, path }) => [id, `../${path}`]))
  const nameOf = uniqueNames()
  let count = files.length
  for await (const row of chatsOf(userId, only)) {
    if (++count > mostEntries) {
      problems.push({ problem: "no markdown", chat: row.id, title: row.title })
      continue
    }
    const stem = `${row.createdAt.toISOString().slice(0, 10)} ${safeName(row.title, "chat")}`
    // Unreadable messages were already reported when the JSON was written.
    const input = chatMarkdown(userId, row, { language, imagePath: (id) => paths.get(id) ?? null, problems: [] })
    yield { name: `markdown/${nameOf(stem)}.md`, lastModified: keptDate(row.updatedAt), input: untilBroken(input) }
  }
  for (const grid of only ? [] : await exportedGrids(userId)) {
    const stem = `${grid.createdAt.toISOString().slice(0, 10)} ${safeName(grid.title, "grid")}`
    const lastModified = keptDate(grid.updatedAt)
    yield { name: `grids/${nameOf(stem)}.ndjson`, lastModified, input: untilBroken(gridLines(grid)) }
  }
  for (const one of only ? [] : await exportedEvals(userId)) {
    const stem = `${one.createdAt.toISOString().slice(0, 10)} ${safeName(one.title, "eval")}`
    const lastModified = keptDate(one.updatedAt)
    yield { name: `evals/${nameOf(stem)}.ndjson`, lastModified, input: untilBroken(evalLines(one)) }
  }
  const manifest = await manifestOf(userId, { exportedAt: now.toISOString(), chats: told.chats, files, problems })
  yield { name: "export.json", lastModified: now, input: `${JSON.stringify(manifest, null, 2)}\n` }
}

/** All listed chats, newest first, or the given one. */
async function* chatsOf(userId: string, only: ListedRow | undefined): AsyncGenerator<ListedRow> {
  if (only) return yield only
  let after: { updatedAt: Date; id: string } | undefined
  for (;;) {
    const rows = await paced(() => pageOf(userId, { of: "all" }, { after, limit: PAGE }))
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)
  }
}

interface Telling {
  userId: string
  problems: ExportProblem[]
  /** How many chats were written, and which images their messages show. */
  told: { chats: number; images: Set<string> }
}

async function* chatsJson(rows: AsyncIterable<ListedRow>, { userId, problems, told }: Telling): AsyncGenerator<string> {
  const noteImages = (text: string) => {
    for (const [, id] of text.matchAll(FILE)) if (id) told.images.add(id)
  }
  yield "["
  for await (const row of rows) {
    let begun = false
    try {
      for await (const piece of chatPieces(userId, row, problems, noteImages)) {
        // Starts a line only once there is content: a chat that can't be read at all has none.
        yield begun ? piece : `${told.chats++ > 0 ? "," : ""}\n${piece}`
        begun = true
      }
    } catch {
      problems.push({ problem: "chat unreadable", chat: row.id, title: row.title })
    }
    if (begun) yield CHAT_END
  }
  yield "\n]\n"
}

/** Ends a broken input where it breaks; the zip continues. */
async function* untilBroken<T>(pieces: AsyncIterable<T>, onBroken = () => {}): AsyncGenerator<T, void, undefined> {
  try {
    yield* pieces
  } catch {
    onBroken()
  }
}

const ENDINGS: Record<string, string> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
  "application/vnd.oasis.opendocument.text": "odt",
  "application/vnd.oasis.opendocument.spreadsheet": "ods",
  "application/vnd.oasis.opendocument.presentation": "odp",
  "application/epub+zip": "epub",
  "application/rtf": "rtf",
  "message/rfc822": "eml",
  "text/html": "html",
  "text/plain": "txt",
}

/** Images by URL, documents by id. */
const FILE = /"(?:\/api\/images\/|documentId":\s*")([0-9a-f-]{36})"/g

interface Shown {
  /** Files of one chat only. */
  chat?: string
  /** Files that the remaining messages show: an image that only a deleted message shows isn't included. */
  shown: Set<string>
}

/** The images that the chats show. */
async function* imagesOf(userId: string, problems: ExportProblem[], { chat, shown }: Shown) {
  let after: string | undefined
  for (;;) {
    const rows = await paced(() => exportedFiles(userId, { after, limit: PAGE, conversationId: chat }))
    for (const { id, objectKey, mediaType, name, createdAt } of rows.filter((row) => shown.has(row.id))) {
      const missing = () => problems.push({ problem: "file missing", file: id })
      const stored = await paced(() => fileStorage().get(objectKey)).catch(() => null)
      if (!stored) {
        missing()
        continue
      }
      const path = `files/${id}.${ENDINGS[mediaType] ?? "bin"}`
      const file = { id, path, name, mediaType, createdAt: createdAt.toISOString() }
      const input = untilBroken(readOf(stored.body), missing)
      try {
        yield { file, entry: { name: path, lastModified: keptDate(createdAt), input } satisfies Entry }
      } finally {
        // The reader of the zip may have canceled, before this entry or within it.
        await input.return(undefined)
        if (!stored.body.locked) await stored.body.cancel()
      }
    }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id
  }
}

async function* readOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of body) if (piece.byteLength > 0) yield piece
}

async function manifestOf(
  userId: string,
  rest: Pick<ExportManifest, "exportedAt" | "chats" | "files" | "problems">,
): Promise<ExportManifest> {
  const [folders, presets, prompts, schemas, models, choices, shares, account] = await Promise.all([
    foldersOf(userId),
    presetsOf(userId),
    promptsOf(userId),
    allVersionsOf(userId),
    imageSupportOf(userId),
    choicesOf(userId),
    exportedShares(userId),
    exportedAccount(userId),
  ])
  return {
    ...{ format: "sparkler-export", version: EXPORT_VERSION },
    ...rest,
    folders,
    presets: presets.map(({ id, name, model, settings, output, isDefault }) => ({
      ...{ id, name, model, settings, output, isDefault },
    })),
    prompts: prompts.map(({ id, command, text }) => ({ id, command, text })),
    schemas: schemas.map(({ id, name, description, versions }) => ({
      ...{ id, name, description },
      versions: versions.map(({ createdAt, ...version }) => ({ ...version, createdAt: createdAt.toISOString() })),
    })),
    models,
    choices: choices.map(({ userId: _, createdAt, ...choice }) => ({ ...choice, createdAt: createdAt.toISOString() })),
    shares: shares.map(({ title, conversationId, createdAt, expiresAt, revokedAt }) => ({
      ...{ title, chat: conversationId, createdAt: createdAt.toISOString() },
      ...{ expiresAt: expiresAt?.toISOString() ?? null, revokedAt: revokedAt?.toISOString() ?? null },
    })),
    account: account && { ...account, createdAt: account.createdAt.toISOString() },
  }
}
