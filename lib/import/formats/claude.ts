/**
 * Claude.ai's `conversations.json`: `chat_messages` in order, in newer files with `parent_message_uuid`. Uploaded files
 * are included only as extracted text.
 */
import type { Adapter, FileNames, Loss, NeutralMessage, NeutralPart } from "@/lib/import/formats/types"
import {
  callPart,
  dateOf,
  type Entry,
  entriesOf,
  entryOf,
  idOf,
  isImage,
  nameOf,
  reasoningPart,
  sourcesText,
  textFilePart,
  textOf,
  textPart,
} from "@/lib/import/formats/values"

export const claude: Adapter = (chat, files) => {
  const id = idOf(chat.uuid)
  if (!id) return null
  const losses: Loss[] = []
  const rows = entriesOf(chat.chat_messages)
  const told = rows.some((row) => idOf(row.parent_message_uuid) !== null)
  let before: string | null = null
  const messages = rows.map((row, place): NeutralMessage => {
    const own = idOf(row.uuid) ?? `${id} ${place}`
    const parentId = told ? idOf(row.parent_message_uuid) : before
    before = own
    const role = row.sender === "human" || row.sender === "user" ? "user" : "assistant"
    return {
      ...{ id: own, parentId, role, createdAt: dateOf(row.created_at) },
      model: role === "assistant" ? nameOf(chat.model) : null,
      parts: partsOf(row, files, losses),
    }
  })
  const updatedAt = dateOf(chat.updated_at)
  return {
    ...{ id, title: nameOf(chat.name) ?? "", createdAt: dateOf(chat.created_at), updatedAt },
    ...{ model: nameOf(chat.model), settings: null, leafId: idOf(chat.current_leaf_message_uuid) },
    pinnedAt: chat.is_starred === true ? (updatedAt ?? Date.now()) : null,
    archivedAt: null,
    folder: nameOf(entryOf(chat.project).name),
    ...{ tags: [], titleSource: "user", messages, losses },
  }
}

function partsOf(row: Entry, files: FileNames, losses: Loss[]): NeutralPart[] {
  const blocks = entriesOf(row.content)
  const results = new Map(
    blocks.flatMap((block) => (block.type === "tool_result" ? [[idOf(block.tool_use_id) ?? "", block] as const] : [])),
  )
  const said = blocks.flatMap((block, place) => blockOf(block, { place, blocks, results, losses }))
  const attached = entriesOf(row.attachments).flatMap(({ file_name: name, extracted_content: text }) => {
    if (textOf(text)) return [textFilePart(name, String(text))]
    losses.push({ kind: "file", name: nameOf(name) ?? "file" })
    return []
  })
  return [...attached, ...filesOf(row, files, losses), ...(said.length > 0 ? said : textPart(row.text))]
}

/** Files the message shows: images, if the zip contains them. */
function filesOf(row: Entry, files: FileNames, losses: Loss[]): NeutralPart[] {
  return [...entriesOf(row.files), ...entriesOf(row.files_v2)].flatMap((file) => {
    const name = nameOf(file.file_name) ?? "file"
    const ref = [idOf(file.file_uuid), name].flatMap((key) => (key ? (files.named(key) ?? []) : []))[0]
    const image = isImage(file.file_kind, name)
    if (ref && image) return [{ type: "image" as const, ref, name }]
    losses.push({ kind: image ? "image" : "file", name })
    return []
  })
}

interface Reading {
  place: number
  blocks: Entry[]
  /** By the ID of their call. */
  results: Map<string, Entry>
  losses: Loss[]
}

function blockOf(block: Entry, { place, blocks, results, losses }: Reading): NeutralPart[] {
  switch (block.type) {
    case "text":
      return [...textPart(block.text), ...citationsOf(block)]
    case "voice_note":
      return textPart(block.text)
    case "thinking":
      return reasoningPart(block.thinking)
    case "tool_use": {
      const id = idOf(block.id) ?? `call-${place}`
      const next = blocks[place + 1]
      // Without IDs, the result follows its call.
      const result = results.get(id) ?? (next?.type === "tool_result" && !idOf(next.tool_use_id) ? next : undefined)
      const called = { id, name: nameOf(block.name) ?? "tool", input: block.input ?? {} }
      return [callPart({ ...called, output: result && resultOf(result), failed: result?.is_error === true })]
    }
    case "tool_result":
    case "token_budget":
    case "redacted_thinking":
      return []
    default:
      losses.push({ kind: "piece", name: String(block.type ?? "unknown").slice(0, 60) })
      return textPart(block.text)
  }
}

/** The text of a result; anything else unchanged. */
function resultOf({ content }: Entry): unknown {
  if (typeof content === "string") return content
  const words = entriesOf(content).flatMap((one) => textOf(one.text) ?? [])
  return words.length > 0 ? words.join("\n\n") : (content ?? "")
}

const citationsOf = (block: Entry): NeutralPart[] =>
  sourcesText(
    entriesOf(block.citations).map((one) => ({
      title: textOf(one.title) ?? textOf(entryOf(one.details).title),
      url: textOf(one.url) ?? textOf(entryOf(one.details).url),
    })),
  )
