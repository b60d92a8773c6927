/**
 * Open WebUI's export: an array of chats, whose `chat.history.messages` form a tree by `parentId`, shown up to
 * `currentId`. Images are `data:` URLs or URLs of that server. An answer's `output` lists its parts; in older files
 * they are `<details>` in its text.
 */
import { detailsOf } from "@/lib/import/formats/openwebui-details"
import { readSettings } from "@/lib/import/formats/settings"
import type { Adapter, FileNames, Loss, NeutralMessage, NeutralPart } from "@/lib/import/formats/types"
import {
  type Cited,
  callPart,
  dateOf,
  type Entry,
  entriesOf,
  entryOf,
  idOf,
  isImage,
  jsonOrText,
  listOf,
  nameOf,
  reasoningPart,
  sourcesText,
  textFilePart,
  textOf,
  textPart,
} from "@/lib/import/formats/values"

export const openwebui: Adapter = (row, files) => {
  const chat = row.chat === undefined ? row : entryOf(row.chat)
  const id = idOf(row.id) ?? idOf(chat.id)
  if (!id) return null
  const losses: Loss[] = []
  const history = entryOf(chat.history)
  const tree = Object.entries(entryOf(history.messages))
  const linear = entriesOf(chat.messages)
  const entries = tree.length > 0 ? tree : linear.map((one, place) => [idOf(one.id) ?? String(place), one] as const)
  const messages = entries.map(([key, value], place): NeutralMessage => {
    const message = entryOf(value)
    const before = tree.length > 0 ? null : (entries[place - 1]?.[0] ?? null)
    const role = message.role === "user" ? "user" : "assistant"
    return {
      ...{ id: key, parentId: idOf(message.parentId) ?? before, role, createdAt: dateOf(message.timestamp) },
      model: role === "assistant" ? (nameOf(message.model) ?? nameOf(message.modelName)) : null,
      parts: [...filesOf(message, files, losses), ...partsOf(message), ...sourcesOf(message)],
    }
  })
  const updatedAt = dateOf(row.updated_at) ?? dateOf(chat.updated_at)
  const params = entryOf(chat.params)
  return {
    ...{ id, title: nameOf(row.title) ?? nameOf(chat.title) ?? "", updatedAt },
    createdAt: dateOf(row.created_at) ?? dateOf(chat.timestamp),
    model: nameOf(listOf(chat.models)[0]),
    settings: readSettings({
      systemPrompt: textOf(params.system) ?? textOf(chat.system),
      ...{ temperature: params.temperature, topP: params.top_p, topK: params.top_k, seed: params.seed },
    }),
    leafId: idOf(history.currentId),
    pinnedAt: row.pinned === true ? (updatedAt ?? Date.now()) : null,
    archivedAt: row.archived === true ? (updatedAt ?? Date.now()) : null,
    folder: null,
    tags: [...listOf(entryOf(row.meta).tags), ...listOf(chat.tags)].flatMap(
      (tag) => nameOf(tag) ?? nameOf(entryOf(tag).name) ?? [],
    ),
    ...{ titleSource: "user", messages, losses },
  }
}

function partsOf(message: Entry): NeutralPart[] {
  const output = entriesOf(message.output)
  const told = output.flatMap((item, place) => itemOf(item, place, output))
  if (told.some(({ type }) => type === "text")) return told
  const content = typeof message.content === "string" ? detailsOf(message.content) : listed(message.content)
  return [...told, ...content]
}

const listed = (content: unknown): NeutralPart[] => entriesOf(content).flatMap(({ text }) => textPart(text))

const wordsOf = (content: unknown): string =>
  typeof content === "string"
    ? content
    : entriesOf(content)
        .flatMap(({ text }) => textOf(text) ?? [])
        .join("\n\n")

function itemOf(item: Entry, place: number, all: Entry[]): NeutralPart[] {
  if (item.type === "reasoning") return reasoningPart(wordsOf(item.content) || wordsOf(item.summary))
  if (item.type === "message") return textPart(wordsOf(item.content))
  if (item.type !== "function_call") return []
  const id = idOf(item.call_id) ?? `call-${place}`
  const result = all.find((one) => one.type === "function_call_output" && one.call_id === item.call_id)
  const called = { id, name: nameOf(item.name) ?? "tool", input: jsonOrText(item.arguments ?? {}) }
  return [callPart({ ...called, output: result && wordsOf(result.output) })]
}

function filesOf(message: Entry, files: FileNames, losses: Loss[]): NeutralPart[] {
  return entriesOf(message.files).flatMap((file): NeutralPart[] => {
    const inner = entryOf(file.file)
    const name = nameOf(file.name) ?? nameOf(inner.filename) ?? "file"
    const url = textOf(file.url) ?? ""
    if (isImage(file.type, name) || isImage(file.content_type, "") || url.startsWith("data:image/")) {
      const ref = url.startsWith("data:image/")
        ? url
        : [idOf(file.id), name].flatMap((key) => (key ? (files.named(key) ?? []) : []))[0]
      if (ref) return [{ type: "image", ref, name: name === "file" ? "image" : name }]
      losses.push({ kind: "image", name })
      return []
    }
    const text = textOf(entryOf(inner.data).content)
    if (text) return [textFilePart(name, text)]
    losses.push({ kind: "file", name })
    return []
  })
}

/** The sources an answer cites. */
function sourcesOf(message: Entry): NeutralPart[] {
  const rows = [...entriesOf(message.sources), ...entriesOf(message.citations)]
  const cited = rows.flatMap((row): Cited[] => {
    const source = entryOf(row.source)
    const own = { title: textOf(source.name), url: textOf(source.url) }
    const more = entriesOf(row.metadata).map((one) => ({
      title: textOf(one.title) ?? textOf(one.name),
      url: textOf(one.source),
    }))
    return more.some(({ url }) => /^https?:/.test(url ?? "")) ? more : [own]
  })
  return sourcesText(cited)
}
