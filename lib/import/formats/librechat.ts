/**
 * LibreChat's JSON export of one chat: `messages` as a list with `parentMessageId`, or (recursive) nested as
 * `children`. Uploads are only referenced; they are on that server.
 */
import { readSettings } from "@/lib/import/formats/settings"
import type { Adapter, FileNames, Loss, NeutralMessage, NeutralPart } from "@/lib/import/formats/types"
import {
  callPart,
  dateOf,
  type Entry,
  entriesOf,
  entryOf,
  idOf,
  isImage,
  jsonOrText,
  nameOf,
  reasoningPart,
  textOf,
  textPart,
} from "@/lib/import/formats/values"

export const librechat: Adapter = (chat, files) => {
  const id = idOf(chat.conversationId)
  if (!id) return null
  const losses: Loss[] = []
  const options = entryOf(chat.options)
  const messages = flattened(chat).map(({ row, parentId }, place): NeutralMessage => {
    const role = row.isCreatedByUser === true || row.sender === "User" ? "user" : "assistant"
    return {
      ...{ id: idOf(row.messageId) ?? `${id} ${place}`, parentId: idOf(row.parentMessageId) ?? parentId, role },
      createdAt: dateOf(row.createdAt) ?? dateOf(row.updatedAt),
      model: role === "assistant" ? (nameOf(row.model) ?? nameOf(options.model)) : null,
      parts: [...filesOf(row, files, losses), ...partsOf(row, losses)],
    }
  })
  const times = messages.flatMap(({ createdAt }) => createdAt ?? [])
  return {
    ...{ id, title: nameOf(chat.title) ?? nameOf(options.title) ?? "", model: nameOf(options.model) },
    createdAt: dateOf(chat.createdAt) ?? times.reduce<number | null>((least, at) => Math.min(least ?? at, at), null),
    updatedAt: dateOf(chat.updatedAt) ?? times.reduce<number | null>((most, at) => Math.max(most ?? at, at), null),
    settings: readSettings({
      systemPrompt: textOf(options.promptPrefix) ?? textOf(options.system),
      ...{ temperature: options.temperature, topP: options.top_p, frequencyPenalty: options.frequency_penalty },
      presencePenalty: options.presence_penalty,
    }),
    ...{ leafId: null, pinnedAt: null, archivedAt: null, folder: null },
    tags: entriesOf(chat.tags).length > 0 ? [] : tagsOf(chat.tags ?? options.tags),
    ...{ titleSource: "user", messages, losses },
  }
}

const tagsOf = (tags: unknown): string[] => (Array.isArray(tags) ? tags.flatMap((tag) => nameOf(tag) ?? []) : [])

/** All messages, at any nesting depth. */
function flattened(chat: Entry): { row: Entry; parentId: string | null }[] {
  const found: { row: Entry; parentId: string | null }[] = []
  const top = entriesOf(chat.messages).length > 0 ? chat.messages : chat.messagesTree
  const waiting = entriesOf(top)
    .map((row) => ({ row, parentId: null as string | null }))
    .reverse()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next)
    const parentId = idOf(next.row.messageId)
    for (const row of entriesOf(next.row.children).reverse()) waiting.push({ row, parentId })
  }
  return found
}

function partsOf(row: Entry, losses: Loss[]): NeutralPart[] {
  const blocks = entriesOf(row.content).flatMap((block, place) => blockOf(block, place, losses))
  return blocks.length > 0 ? blocks : textPart(textOf(row.text) ?? textOf(row.content))
}

const wordsIn = (value: unknown): unknown => (typeof value === "string" ? value : entryOf(value).value)

function blockOf(block: Entry, place: number, losses: Loss[]): NeutralPart[] {
  if (block.type === "text") return textPart(wordsIn(block.text))
  if (block.type === "think") return reasoningPart(wordsIn(block.think))
  if (block.type === "error") return textPart(wordsIn(block.error) ?? wordsIn(block.text))
  if (block.type === "tool_call") {
    const call = entryOf(block.tool_call)
    const called = { id: idOf(call.id) ?? `call-${place}`, name: nameOf(call.name) ?? "tool" }
    return [callPart({ ...called, input: jsonOrText(call.args ?? {}), output: textOf(call.output) ?? undefined })]
  }
  const kind = String(block.type ?? "unknown").slice(0, 60)
  losses.push(kind.startsWith("image") ? { kind: "image", name: kind } : { kind: "piece", name: kind })
  return textPart(wordsIn(block.text))
}

function filesOf(row: Entry, files: FileNames, losses: Loss[]): NeutralPart[] {
  return [...entriesOf(row.files), ...entriesOf(row.attachments)].flatMap((file): NeutralPart[] => {
    const name = nameOf(file.filename) ?? "file"
    const image = isImage(file.type, name)
    const ref = [idOf(file.file_id), name].flatMap((key) => (key ? (files.named(key) ?? []) : []))[0]
    if (ref && image) return [{ type: "image", ref, name }]
    losses.push({ kind: image ? "image" : "file", name })
    return []
  })
}
