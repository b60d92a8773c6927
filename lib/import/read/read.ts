/** Reads an export file into a form that can be stored message by message. Runs in a worker thread. */

import { once } from "node:events"
import { createWriteStream, type WriteStream } from "node:fs"
import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises"
import path from "node:path"
import { finished } from "node:stream/promises"
import { AppError } from "@/lib/http/errors"
import { readChat } from "@/lib/import/formats/detect"
import type { FileNames, NeutralMessage } from "@/lib/import/formats/types"
import { type Entry, entryOf, nameOf } from "@/lib/import/formats/values"
import { type Element, type ElementLimits, elementsOf } from "@/lib/import/read/elements"
import { extrasOf, foldersIn, keptOf, readManifest } from "@/lib/import/read/manifest"
import { fileNames, isChatFile } from "@/lib/import/read/names"
import type { Found, FoundChat, UnreadableChat } from "@/lib/import/read/types"
import { entryBytes, isZip, type ZipEntry, zipEntries } from "@/lib/import/read/zip"

export interface Reading {
  /** The uploaded file. */
  file: string
  /**
   * Output folder for `chats.ndjson`, `index.ndjson`, `found.json`, `manifest.json`, `grids.ndjson`, `evals.ndjson` and
   * `images/`.
   */
  folder: string
  /** Maximum size in bytes of the file's text, and of everything unpacked. */
  textBytes: number
  allBytes: number
  maxImageBytes: number
}

const MAX_ENTRIES = 60_000
/** Limits of one chat: a hundred thousand messages take about 60 MB. */
const CHAT: ElementLimits = { bytes: 100_000_000, levels: 400_000, values: 8_000_000 }
const MAX_CHATS = 50_000
/** Maximum number of elements to examine, chats or not: each needs a parse. */
const MAX_ELEMENTS = 200_000
const MAX_NAMED = 200
/** Maximum number of data grids, and of evals, in a file. */
const MAX_FILES = 200
/** Maximum length of one text in a message, in characters. */
const LONGEST_TEXT = 1_000_000

/** Reads the file and returns the number of chats in it. Throws `import:*`. */
export async function readImport(reading: Reading): Promise<number> {
  const file = await open(reading.file)
  try {
    await mkdir(path.join(reading.folder, "images"), { recursive: true })
    const reader = new Reader(reading)
    if (await isZip(file)) await reader.readZip(file)
    else {
      if ((await file.stat()).size > reading.textBytes) throw tooLarge(reading.textBytes)
      await reader.readTexts([file.createReadStream({ autoClose: false })], NO_FILES)
    }
    return await reader.end()
  } finally {
    await file.close()
  }
}

const NO_FILES: FileNames = { named: () => undefined }

const tooLarge = (bytes: number) => new AppError("import:too_large", { values: { limit: Math.round(bytes / 1e6) } })

class Reader {
  private readonly found: Found = { unread: [], moreUnread: 0, losses: [], extras: null }
  private readonly out: WriteStream
  private readonly index: WriteStream
  private chats = 0
  private elements = 0
  private at = 0
  private images = 0
  private folders = new Map<string, string>()

  constructor(private readonly reading: Reading) {
    this.out = createWriteStream(path.join(reading.folder, "chats.ndjson"))
    this.index = createWriteStream(path.join(reading.folder, "index.ndjson"))
  }

  async readZip(file: FileHandle): Promise<void> {
    const entries = await zipEntries(file, { entries: MAX_ENTRIES, bytes: this.reading.allBytes })
    const texts = entries.filter(({ name }) => isChatFile(name))
    const meant = texts.length > 0 ? texts : entries.filter(({ name }) => /^[^/]+(?:\/[^/]+)?\.json$/i.test(name))
    const size = meant.reduce((sum, one) => sum + one.size, 0)
    if (size > this.reading.textBytes) throw tooLarge(this.reading.textBytes)
    const manifest = await readManifest(file, entries)
    if (manifest) {
      const kept = keptOf(manifest)
      this.found.extras = extrasOf(kept)
      this.folders = foldersIn(manifest)
      await writeFile(path.join(this.reading.folder, "manifest.json"), JSON.stringify(kept))
      await this.keepLines(file, entries, "grids")
      await this.keepLines(file, entries, "evals")
    }
    // If no file name identifies chats, elements that aren't chats are skipped silently.
    await this.readTexts(
      meant.map((entry: ZipEntry) => entryBytes(file, entry)),
      fileNames(entries),
      texts.length > 0,
    )
  }

  /** Concatenates the data grids or evals of our own export. */
  private async keepLines(file: FileHandle, entries: ZipEntry[], of: "grids" | "evals"): Promise<void> {
    const isOne = new RegExp(`(?:^|/)${of}/[^/]+\\.ndjson$`)
    const files = entries.filter(({ name }) => isOne.test(name)).slice(0, MAX_FILES)
    if (files.reduce((sum, { size }) => sum + size, 0) > this.reading.textBytes) throw tooLarge(this.reading.textBytes)
    const out = createWriteStream(path.join(this.reading.folder, `${of}.ndjson`))
    for (const entry of files)
      for await (const piece of entryBytes(file, entry)) if (!out.write(piece)) await once(out, "drain")
    out.end()
    await finished(out)
  }

  async readTexts(texts: AsyncIterable<Buffer>[], files: FileNames, meant = true): Promise<void> {
    for (const text of texts)
      for await (const element of elementsOf(text, CHAT)) {
        if (this.chats === 0 && this.elements >= MAX_ELEMENTS) throw new AppError("import:unknown")
        if (this.chats >= MAX_CHATS || this.elements++ >= MAX_ELEMENTS)
          throw new AppError("import:too_many_chats", { values: { limit: MAX_CHATS } })
        await this.take(element, files, meant)
      }
  }

  /** Closes the output. Returns the number of chats; throws `import:unknown` if there are none. */
  async end(): Promise<number> {
    for (const stream of [this.out, this.index]) {
      stream.end()
      await finished(stream)
    }
    const { chats } = this
    const { unread } = this.found
    if (chats === 0 && !unread.some(({ why }) => why !== "unknown" && why !== "not_json"))
      throw new AppError("import:unknown")
    await writeFile(path.join(this.reading.folder, "found.json"), JSON.stringify(this.found))
    return chats
  }

  private async take(element: Element, files: FileNames, meant: boolean): Promise<void> {
    if ("tooLarge" in element) return this.pass({ title: null, why: "too_large" })
    let value: unknown
    try {
      value = JSON.parse(element.text)
    } catch {
      return meant ? this.pass({ title: null, why: "not_json" }) : undefined
    }
    const entry = entryOf(value)
    const read = readChat(this.withFolder(entry), files)
    if (!read)
      return meant ? this.pass({ title: nameOf(entry.title) ?? nameOf(entry.name), why: "unknown" }) : undefined
    const { chat } = read
    if (chat.messages.length === 0) return this.pass({ title: chat.title || null, why: "empty" })
    await this.write(read)
  }

  /** Older exports reference the folder by ID only. */
  private withFolder(entry: Entry): Entry {
    const folder = typeof entry.folderId === "string" ? this.folders.get(entry.folderId) : undefined
    return folder === undefined || entry.folder !== undefined ? entry : { ...entry, folder }
  }

  private pass(unread: UnreadableChat): void {
    if (this.found.unread.length < MAX_NAMED) this.found.unread.push(unread)
    else this.found.moreUnread++
  }

  private async write({ source, chat }: NonNullable<ReturnType<typeof readChat>>): Promise<void> {
    const { messages, losses, ...head } = chat
    const [begin, title] = [this.at, chat.title || firstWords(messages)]
    await this.line({ ...head, title })
    let images = 0
    for (const message of messages) {
      const parts = []
      for (const part of message.parts) {
        if (part.type === "image") {
          const ref = part.ref.startsWith("data:") ? await this.keepImage(part.ref) : `zip:${part.ref}`
          if (ref) images++
          if (ref) parts.push({ ...part, ref })
          else losses.push({ kind: "image", name: part.name })
        } else if ((part.type === "text" || part.type === "reasoning") && part.text.length > LONGEST_TEXT) {
          parts.push({ ...part, text: part.text.slice(0, LONGEST_TEXT) })
          losses.push({ kind: "cut", name: title })
        } else parts.push(part)
      }
      await this.line({ ...message, parts })
    }
    const times = messages.flatMap(({ createdAt }) => createdAt ?? [])
    const counts: Record<string, number> = {}
    for (const { kind, name } of losses) {
      counts[kind] = (counts[kind] ?? 0) + 1
      if (this.found.losses.length < MAX_NAMED) this.found.losses.push({ kind, name, chat: title })
    }
    this.chats++
    const found: FoundChat = {
      ...{
        source,
        id: chat.id,
        title,
        messages: messages.length,
        images,
        versions: versionsIn(messages),
        losses: counts,
      },
      from: chat.createdAt ?? least(times),
      to: chat.updatedAt ?? most(times),
      ...{ at: begin, bytes: this.at - begin },
    }
    await written(this.index, `${JSON.stringify(found)}\n`)
  }

  private async line(value: unknown): Promise<void> {
    const text = `${JSON.stringify(value)}\n`
    this.at += Buffer.byteLength(text)
    await written(this.out, text)
  }

  /** An image embedded in the text. Null if it isn't an image, or is too large. */
  private async keepImage(address: string): Promise<string | null> {
    const begin = address.slice(0, 100)
    const base64 = /^data:image\/[a-z+.-]+;base64,/i.exec(begin)?.[0]
    if (!base64 || address.length > this.reading.maxImageBytes * 1.4) return null
    const name = `${this.images++}`
    await writeFile(path.join(this.reading.folder, "images", name), Buffer.from(address.slice(base64.length), "base64"))
    return `kept:${name}`
  }
}

/** Waits while the stream is backed up. */
async function written(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain")
}

const least = (times: number[]) => times.reduce<number | null>((one, other) => Math.min(one ?? other, other), null)
const most = (times: number[]) => times.reduce<number | null>((one, other) => Math.max(one ?? other, other), null)

const MAX_TITLE = 60

/** A title for a chat without one. */
function firstWords(messages: NeutralMessage[]): string {
  for (const { parts } of messages)
    for (const part of parts)
      if (part.type === "text") {
        const line = part.text.slice(0, 1_000).replace(/\s+/g, " ").trim()
        return line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE).replace(/[\uD800-\uDBFF]$/, "")}…` : line
      }
  return "…"
}

function versionsIn(messages: NeutralMessage[]): number {
  const siblings = new Map<string | null, number>()
  for (const { parentId } of messages) siblings.set(parentId, (siblings.get(parentId) ?? 0) + 1)
  return [...siblings.values()].reduce((sum, count) => sum + (count > 1 ? count - 1 : 0), 0)
}
