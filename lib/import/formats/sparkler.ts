/**
 * Sparkler's own export, version 1 (`lib/export/types.ts`): includes message columns, and images by their ID in the
 * zip.
 */
import { readSettings } from "@/lib/import/formats/settings"
import type { Adapter, FileNames, Loss, NeutralMessage, NeutralPart } from "@/lib/import/formats/types"
import { dateOf, depthWithin, type Entry, entriesOf, entryOf, idOf, listOf, nameOf } from "@/lib/import/formats/values"
import { MAX_JSON_DEPTH } from "@/lib/json-shape"
import { parsePart } from "@/lib/messages/parts"
import { withoutToolFiles } from "@/lib/messages/tool-files"

export const sparkler: Adapter = (chat, files) => {
  const id = idOf(chat.id)
  if (!id || chat.version !== 1) return null
  const losses: Loss[] = []
  const titleSource = chat.titleSource === "user" || chat.titleSource === "model" ? chat.titleSource : "draft"
  return {
    ...{ id, title: nameOf(chat.title) ?? "", createdAt: dateOf(chat.createdAt), updatedAt: dateOf(chat.updatedAt) },
    model: nameOf(chat.model),
    settings: readSettings(entryOf(chat.settings)),
    leafId: idOf(chat.activeLeafId),
    pinnedAt: dateOf(chat.pinnedAt),
    archivedAt: dateOf(chat.archivedAt),
    folder: nameOf(chat.folder),
    tags: listOf(chat.tags).flatMap((tag) => nameOf(tag) ?? []),
    titleSource,
    messages: entriesOf(chat.messages).map((row, place) => messageOf(row, `${id} ${place}`, files, losses)),
    losses,
  }
}

function messageOf(row: Entry, otherwise: string, files: FileNames, losses: Loss[]): NeutralMessage {
  const { id, parentId, role, createdAt, model, parts, ...more } = row
  return {
    ...{ id: idOf(id) ?? otherwise, parentId: idOf(parentId), role: role === "user" ? "user" : "assistant" },
    createdAt: dateOf(createdAt),
    model: nameOf(model),
    parts: partsOf(parts, files, losses),
    more: Object.fromEntries(Object.entries(more).filter(([, value]) => depthWithin(value, MAX_JSON_DEPTH))),
  }
}

const IMAGE = /^\/api\/images\/([0-9a-f-]{36})$/i

function partsOf(parts: unknown, files: FileNames, losses: Loss[]): NeutralPart[] {
  const read = listOf(parts).flatMap((value) => {
    // Anything nested too deeply can't be serialized again.
    const part = depthWithin(value, MAX_JSON_DEPTH) ? parsePart(value) : null
    if (!part) losses.push({ kind: "piece", name: String(entryOf(value).type).slice(0, 60) })
    return part ?? []
  })
  return read.flatMap((part): NeutralPart[] => {
    if (part.type === "data-document") {
      const { documentId, name } = part.data
      const ref = documentId && files.named(documentId)
      if (ref) return [{ type: "document", ref, name, data: part.data }]
      losses.push({ kind: "file", name })
      // Only the document's card is kept.
      return [{ ...part, data: { ...part.data, documentId: undefined } }]
    }
    // Files in tool results aren't imported: their links would be broken.
    if (part.type !== "file") return [withoutToolFiles(part)]
    const id = IMAGE.exec(part.url)?.[1]
    const name = nameOf(part.filename) ?? "image"
    const ref = id && files.named(id)
    if (ref) return [{ type: "image", ref, name }]
    losses.push({ kind: "image", name })
    return []
  })
}
