/** The contents of a ChatGPT message: text, images, reasoning, tool calls, citations. */
import type { FileNames, Loss, NeutralPart } from "@/lib/import/formats/types"
import {
  callPart,
  type Entry,
  entriesOf,
  entryOf,
  jsonOrText,
  linkOf,
  listOf,
  nameOf,
  reasoningPart,
  textOf,
  textPart,
} from "@/lib/import/formats/values"

interface Reading {
  files: FileNames
  losses: Loss[]
}

export const isToolRole = (role: string) => role === "tool" || role === "function"

/** A tool call, or the result of one. */
interface Called {
  result: boolean
  output: unknown
  /** Images in the result. */
  parts: NeutralPart[]
  /** The call, with its result if there is one. */
  made(): NeutralPart
  /** A result without its call. */
  alone(): NeutralPart[]
}
export type Pending = Map<string, Called>

/** Null if it is neither a call nor a result. */
export function callOf(id: string, message: Entry): Called | null {
  const author = entryOf(message.author)
  const recipient = nameOf(message.recipient)
  const said = wordsOf(entryOf(message.content))
  if (isToolRole(String(author.role)) && !imagesIn(message)) {
    const name = nameOf(author.name) ?? "tool"
    const called: Called = {
      ...{ result: true, output: said, parts: [] },
      made: () => callPart({ id, name, input: {}, output: said }),
      alone: () => (said ? [callPart({ id, name, input: {}, output: said })] : []),
    }
    return called
  }
  if (author.role !== "assistant" || recipient === null || recipient === "all") return null
  const called: Called = {
    ...{ result: false, output: undefined, parts: [] },
    made: () => callPart({ id, name: recipient, input: inputOf(said), output: called.output ?? "" }),
    alone: () => [],
  }
  return called
}

const inputOf = (said: string): unknown => {
  const read = jsonOrText(said)
  return typeof read === "string" ? { input: read } : read
}

const imagesIn = (message: Entry): boolean =>
  listOf(entryOf(message.content).parts).some((part) => entryOf(part).content_type === "image_asset_pointer")

/** All text of a content, whatever its type. */
function wordsOf(content: Entry): string {
  const parts = listOf(content.parts).flatMap((part) => textOf(part) ?? textOf(entryOf(part).text) ?? [])
  const own = [content.text, content.result, content.summary].flatMap((value) => textOf(value) ?? [])
  return [...parts, ...own].join("\n\n")
}

/** The visible parts of a message. */
export function partsOf(message: Entry, reading: Reading): NeutralPart[] {
  const content = entryOf(message.content)
  const metadata = entryOf(message.metadata)
  const kind = textOf(content.content_type) ?? "text"
  switch (kind) {
    case "text":
    case "multimodal_text":
      return [
        ...listOf(content.parts).flatMap((part) => contentPart(part, metadata, reading)),
        ...attachmentsOf(metadata, content, reading),
      ]
    case "thoughts":
      return reasoningPart(
        entriesOf(content.thoughts)
          .map(({ summary, content: words }) => [textOf(summary), textOf(words)].filter(Boolean).join("\n\n"))
          .join("\n\n"),
      )
    // “Thought for 5 s”, and the user's custom instructions.
    case "reasoning_recap":
    case "user_editable_context":
    case "model_editable_context":
      return []
    case "code":
      return textPart(fenced(textOf(content.text) ?? "", textOf(content.language) ?? ""))
    case "execution_output":
      return textPart(fenced(textOf(content.text) ?? "", ""))
    case "tether_quote":
      return textPart(
        `> ${(textOf(content.text) ?? "").replaceAll("\n", "\n> ")}\n\n${linkOf({ title: textOf(content.title), url: textOf(content.url) }) ?? ""}`,
      )
    default: {
      const words = wordsOf(content)
      if (!words) reading.losses.push({ kind: "piece", name: kind })
      return textPart(words)
    }
  }
}

function fenced(text: string, language: string): string {
  if (text.trim() === "") return ""
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length))
  const fence = "`".repeat(longest + 1)
  return `${fence}${/^\w{1,20}$/.test(language) && language !== "unknown" ? language : ""}\n${text}\n${fence}`
}

function contentPart(part: unknown, metadata: Entry, { files, losses }: Reading): NeutralPart[] {
  if (typeof part === "string") return textPart(withCitations(part, metadata))
  const { content_type: kind, asset_pointer: pointer, text } = entryOf(part)
  if (kind === "image_asset_pointer") return imageOf(textOf(pointer) ?? "", metadata, { files, losses })
  if (textOf(text)) return textPart(text)
  if (kind !== undefined) losses.push({ kind: "piece", name: String(kind).slice(0, 60) })
  return []
}

/** `file-service://file-abc`, `sediment://file_0000abc`. */
function imageOf(pointer: string, metadata: Entry, { files, losses }: Reading): NeutralPart[] {
  const id = pointer.replace(/^[a-z-]+:\/\//, "").split(/[?#]/)[0] ?? ""
  const attached = entriesOf(metadata.attachments).find((one) => one.id === id)
  const ref = id ? files.named(id) : undefined
  const name = nameOf(attached?.name) ?? (ref ? baseName(ref) : id || "image")
  if (ref) return [{ type: "image", ref, name }]
  losses.push({ kind: "image", name })
  return []
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1)

/** Attachments other than images, which the export doesn't contain. */
function attachmentsOf(metadata: Entry, content: Entry, { losses }: Reading): NeutralPart[] {
  const shown = JSON.stringify(listOf(content.parts).map((part) => entryOf(part).asset_pointer ?? ""))
  for (const { id, name } of entriesOf(metadata.attachments))
    if (!shown.includes(String(id))) losses.push({ kind: "file", name: nameOf(name) ?? "file" })
  return []
}

/** Citation markers in Unicode's private use area: `\ue200cite\ue202turn0search1\ue201`. */
const MARKS = /\ue200[^\ue201]{0,2000}\ue201/g
/** Older citation markers: `【12†source】`. */
const BRACKETS = /【\d+(?::\d+)?†[^【】]{0,300}】/g

/** Turns citation markers into readable links. */
function withCitations(text: string, metadata: Entry): string {
  let cited = text
  for (const reference of entriesOf(metadata.content_references)) {
    const matched = textOf(reference.matched_text)
    if (!matched || matched.trim() === "" || !cited.includes(matched)) continue
    const items = [...entriesOf(reference.items), reference]
    const links = items.flatMap(({ title, url }) =>
      textOf(url) ? (linkOf({ title: textOf(title), url: textOf(url) }) ?? []) : [],
    )
    cited = cited.replaceAll(matched, links.length > 0 ? ` (${[...new Set(links)].join(", ")})` : "")
  }
  const older = entriesOf(metadata.citations).map((one) => entryOf(one.metadata))
  let next = 0
  return cited
    .replace(BRACKETS, (mark) => {
      const { title, url } = older[next++] ?? {}
      const link = textOf(url) && linkOf({ title: textOf(title), url: textOf(url) })
      return link ? ` (${link})` : older.length > 0 ? "" : mark
    })
    .replace(MARKS, "")
}
