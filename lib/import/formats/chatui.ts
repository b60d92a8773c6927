/**
 * The export of HuggingFace's chat-ui: a zip with `conversations.json`, an array of conversations whose `messages` form
 * a tree by `ancestors` and `children`. Each message lists all files of its conversation, which are next to it in the
 * zip.
 */
import { readSettings } from "@/lib/import/formats/settings"
import type { Adapter, Loss, NeutralMessage, NeutralPart } from "@/lib/import/formats/types"
import {
  dateOf,
  type Entry,
  entriesOf,
  entryOf,
  idOf,
  isImage,
  listOf,
  nameOf,
  reasoningPart,
  sourcesText,
  textOf,
  textPart,
} from "@/lib/import/formats/values"

export const chatui: Adapter = (chat, files) => {
  const id = idOf(chat._id) ?? idOf(chat.id)
  if (!id) return null
  const losses: Loss[] = []
  const rows = entriesOf(chat.messages)
  const parents = parentsOf(rows)
  const shown = new Set<string>()
  const system = rows.find((row) => row.from === "system")
  const systemId = idOf(system?.id)
  const messages = rows.flatMap((row, place): NeutralMessage[] => {
    if (row.from === "system") return []
    const own = idOf(row.id) ?? `${id} ${place}`
    const found = parents.get(own) ?? (parents.size > 0 ? null : idOf(rows[place - 1]?.id))
    const role = row.from === "user" ? "user" : "assistant"
    return [
      {
        ...{ id: own, parentId: found === systemId ? null : found, role, createdAt: dateOf(row.createdAt) },
        model: role === "assistant" ? nameOf(chat.model) : null,
        parts: [...(role === "user" ? filesOf(row, { files, losses, shown }) : []), ...partsOf(row)],
      },
    ]
  })
  return {
    ...{ id, title: nameOf(chat.title) ?? "", createdAt: dateOf(chat.createdAt), updatedAt: dateOf(chat.updatedAt) },
    model: nameOf(chat.model),
    settings: readSettings({ systemPrompt: textOf(chat.preprompt) ?? textOf(system?.content) }),
    ...{ leafId: null, pinnedAt: null, archivedAt: null, folder: null, tags: [] },
    ...{ titleSource: "user", messages, losses },
  }
}

/** Each message's parent: the last of its ancestors, else the message that lists it as a child. */
function parentsOf(rows: Entry[]): Map<string, string> {
  const parents = new Map<string, string>()
  for (const row of rows) for (const child of listOf(row.children)) parents.set(String(child), idOf(row.id) ?? "")
  for (const row of rows) {
    const last = idOf(listOf(row.ancestors).at(-1))
    if (last !== null) parents.set(idOf(row.id) ?? "", last)
  }
  return parents
}

interface Reading {
  files: Parameters<Adapter>[1]
  losses: Loss[]
  /** Names that an earlier message has shown. */
  shown: Set<string>
}

function filesOf(row: Entry, { files, losses, shown }: Reading): NeutralPart[] {
  return listOf(row.files).flatMap((file): NeutralPart[] => {
    const given = nameOf(file) ?? nameOf(entryOf(file).name)
    const name = given ?? "file"
    if (shown.has(name)) return []
    shown.add(name)
    const inline = entryOf(file)
    if (inline.type === "base64" && isImage(inline.mime, name))
      return [{ type: "image", ref: `data:${String(inline.mime)};base64,${String(inline.value)}`, name }]
    const ref = files.named(name)
    if (ref && isImage("", name)) return [{ type: "image", ref, name }]
    losses.push({ kind: isImage("", name) ? "image" : "file", name })
    return []
  })
}

const THOUGHT = /<think>([\s\S]*?)<\/think>/g

function partsOf(row: Entry): NeutralPart[] {
  const content = typeof row.content === "string" ? row.content : ""
  const thoughts = row.from === "assistant" ? Array.from(content.matchAll(THOUGHT), ([, text]) => text) : []
  const said = thoughts.length > 0 ? content.replace(THOUGHT, "").trim() : content
  const sources = [...entriesOf(row.webSearch ? entryOf(row.webSearch).contextSources : []), ...entriesOf(row.sources)]
  return [
    ...reasoningPart(row.reasoning),
    ...thoughts.flatMap((text) => reasoningPart(text?.trim())),
    ...textPart(said),
    ...sourcesText(sources.map((one) => ({ title: textOf(one.title), url: textOf(one.link) ?? textOf(one.url) }))),
  ]
}
