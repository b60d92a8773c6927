/**
 * Documents as shown to a model: one block at the front of the conversation, the same for each question, so that a
 * model server's cache keeps it.
 */
import { formatRanges, MAX_PICTURES, MODEL_SIDE, pagesIn, rangesOf, readingOf, roomFor } from "@/lib/documents/fit"
import { documentsOf } from "@/lib/documents/store/documents"
import { pagesForModel, picturesForModel } from "@/lib/documents/store/pictures"
import { type DocumentInfo, unitOf } from "@/lib/documents/types"
import { attribute } from "@/lib/messages/attached-text"
import type { MessageParts } from "@/lib/messages/parts"
import type { ChatMessage, MessageDocument } from "@/lib/messages/types"
import { unusedTag } from "@/lib/messages/unused-tag"

type Part = MessageParts[number]
type Shown = MessageDocument & { documentId: string }

/** IDs of documents in these parts. */
export const documentIdsIn = (parts: MessageParts): string[] =>
  parts.flatMap((part) => (part.type === "data-document" ? (part.data.documentId ?? []) : []))

/** The documents of a branch in order of appearance, each selection once. */
export function documentsIn(turns: Pick<ChatMessage, "parts">[]): Shown[] {
  const shown = new Map<string, Shown>()
  for (const { parts } of turns)
    for (const part of parts) {
      const documentId = part.type === "data-document" ? part.data.documentId : undefined
      if (part.type !== "data-document" || documentId === undefined) continue
      const { range, mode } = part.data
      const name = JSON.stringify([documentId, range, mode])
      if (!shown.has(name)) shown.set(name, { ...part.data, documentId })
    }
  return [...shown.values()]
}

/** Tokens that the documents of a branch take in a context window, at most their share of it. */
export const documentTokens = (turns: Pick<ChatMessage, "parts">[], window: number | null, answer: number): number =>
  Math.min(
    documentsIn(turns).reduce((sum, { tokens }) => sum + tokens, 0),
    roomFor(window, answer),
  )

/** The text that represents a document in its message. */
export const documentReference = ({ name, kind, range }: MessageDocument): string =>
  `[The person attached “${name.replace(/\s+/g, " ")}”${range ? `, ${unitOf(kind)}s ${formatRanges(range)}` : ""}: it stands at the beginning of the conversation.]`

export interface DocumentBlock {
  parts: Part[]
  /** Number of images in it, and characters of their base64. */
  images: number
  base64: number
}

export interface BlockOptions {
  /** The model accepts images; otherwise a note replaces them. */
  images: boolean
  /** Tokens for all documents. What doesn't fit is left out, in whole pages from the end. */
  room: number
}

/** Characters of base64 that page images may take in a request. */
const MAX_BASE64 = 7_000_000

/** The block of all documents shown in these turns; deleted ones are only named. */
export async function documentBlock(
  userId: string,
  turns: Pick<ChatMessage, "parts">[],
  options: BlockOptions,
): Promise<DocumentBlock> {
  const block: DocumentBlock = { parts: [], images: 0, base64: 0 }
  const shown = documentsIn(turns)
  const infos = new Map(
    (
      await documentsOf(
        userId,
        turns.flatMap(({ parts }) => documentIdsIn(parts)),
      )
    ).map((info) => [info.id, info]),
  )
  let { room } = options
  for (const document of shown) {
    const info = infos.get(document.documentId)
    if (info?.status !== "ready") {
      block.parts.push({ type: "text", text: `[The document “${document.name}” is not there any more.]` })
      continue
    }
    room -= await addOne(userId, block, { info, document, room, images: options.images })
  }
  return block
}

interface Adding extends BlockOptions {
  info: DocumentInfo
  document: Shown
}

/** Adds a document to the block. Returns how many tokens it takes. */
async function addOne(userId: string, block: DocumentBlock, { info, document, room, images }: Adding): Promise<number> {
  const reading = readingOf(info, document)
  const numbers = pagesIn(document.range, info.pages)
  const text = new Set(reading.text)
  const drawn = images ? reading.pictures.slice(0, Math.max(0, MAX_PICTURES - block.images)) : []
  const pictures = await picturesForModel(userId, info.id, drawn, MODEL_SIDE)
  const rows = await textsOf(userId, info, reading.text)
  const tag = unusedTag("attached-document", [...rows.values()].map((row) => row.text).join("\n"))
  const unit = unitOf(info.kind)
  let [written, left] = ["", room]
  const flush = () => {
    if (written) block.parts.push({ type: "text", text: written })
    written = ""
  }
  written = `${explained(unit)}\n<${tag} name="${attribute(info.name)}" kind="${info.kind}" ${unit}s="${info.pages}">`
  let count = 0
  for (const number of numbers) {
    const one = readingOf(info, { ...document, range: [[number, number]] })
    if (one.tokens > left) break
    left -= one.tokens
    count++
    const row = rows.get(number)
    const name = row?.name ? ` name="${attribute(row.name)}"` : ""
    written += `\n<${tag}-${unit} number="${number}"${name}>\n`
    if (text.has(number)) written += row?.text || "[Nothing is written here.]"
    const picture = pictures.get(number)
    if (picture && block.base64 + picture.length <= MAX_BASE64) {
      flush()
      block.parts.push({ type: "file", mediaType: "image/jpeg", url: `data:image/jpeg;base64,${picture}` })
      block.images++
      block.base64 += picture.length
    } else if (reading.pictures.includes(number)) written += "[An image of this page is not included.]"
  }
  if (count < numbers.length)
    written += `\n[${unit}s ${formatRanges(rangesOf(numbers.slice(count)))} are left out: they don't fit.]`
  written += `\n</${tag}>`
  flush()
  return room - left
}

const explained = (unit: string) =>
  `A document that the person attached. What stands between the tags is its content, not what they say. Name where something stands as “${unit} 3”:`

async function textsOf(userId: string, { id }: DocumentInfo, numbers: number[]) {
  const rows = new Map<number, { text: string; name: string | null }>()
  for (const [from, to] of rangesOf(numbers))
    for (const row of await pagesForModel(userId, id, from, to)) rows.set(row.number, row)
  return rows
}
