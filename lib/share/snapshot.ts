/**
 * Builds what a share shows from a chat and its author's options. The same function creates the preview and the stored
 * snapshot. Anything not listed here is never shared. Pure.
 */
import type { FileUIPart } from "ai"
import { hasContent } from "@/lib/messages/content"
import { factsMetadata, imageFactsOf } from "@/lib/messages/image-facts"
import type { SourcePlace } from "@/lib/messages/sources.types"
import { withoutTold } from "@/lib/messages/tool-fault"
import { withoutToolFiles } from "@/lib/messages/tool-files"
import { toolImagesIn, withToolImages } from "@/lib/messages/tool-images"
import type { ChatMessage, MessageMetadata, OutputRequest } from "@/lib/messages/types"
import { effectiveCheck, withEffectiveText } from "@/lib/output/answer/edits"
import { type FoundSecret, isRedacted, type ShareOptions } from "@/lib/share/options"
import {
  createRedaction,
  type RedactionRules,
  redactJsonText,
  redactJsonValue,
  redactText,
  textsIn,
  textsInJson,
} from "@/lib/share/redaction"

/** A chat as its owner may share it: everything that could be shown. */
export interface ShareDraft {
  title: string
  /** Compared answers are at the end. */
  messages: ChatMessage[]
  systemPrompt: string | null
  authorName: string | null
  /** Sampling parameters and tools, for continuing the chat. */
  settings: Record<string, unknown>
  /** All likely secrets in it. */
  secrets: FoundSecret[]
}

export interface Snapshot extends Pick<ShareDraft, "title" | "messages" | "systemPrompt" | "authorName" | "settings"> {
  /** IDs of the images it shows, and of documents whose pages it shows. */
  imageIds: string[]
}

type Part = ChatMessage["parts"][number]

/** The snapshot of a draft; `title` is chosen by the author. */
export function snapshotOf(draft: ShareDraft, options: ShareOptions, title = draft.title): Snapshot {
  const black = createRedaction(
    draft.secrets.filter((secret) => isRedacted(secret, options.blackOut)).map(({ text }) => text),
  )
  const leftOut = new Set(options.leftOut)
  const kept = draft.messages.filter(({ id }) => !leftOut.has(id))
  const ids = new Set(kept.map(({ id }) => id))
  const messages = kept
    .map((message) => snapshotMessage(withSharedSources(message, ids), options, black))
    .filter(({ parts }) => hasContent(parts))
  return {
    title: redactText(title, black),
    messages,
    systemPrompt: options.systemPrompt && draft.systemPrompt ? redactText(draft.systemPrompt, black) : null,
    authorName: options.author && draft.authorName ? redactText(draft.authorName, black) : null,
    settings: asRecord(redactJsonValue(draft.settings, black)),
    imageIds: [...new Set(messages.flatMap(({ parts }) => parts.flatMap(filesIn)))],
  }
}

function snapshotMessage(message: ChatMessage, options: ShareOptions, black: RedactionRules): ChatMessage {
  const { id, role, parts, metadata } = used(message)
  const isData = role === "assistant" && metadata?.output !== undefined
  return {
    id,
    role,
    metadata: metadata && snapshotMetadata(metadata, options, black),
    parts: parts.flatMap((part) =>
      isShown(part, options) ? [blackedOutPart(bare(part, options), isData, black)] : [],
    ),
  }
}

/** Keeps only locations in messages that are shown: readers can't open the documents. */
function withSharedSources(message: ChatMessage, shown: ReadonlySet<string>): ChatMessage {
  const isShared = (place: SourcePlace | null) => !place || (place.kind !== "document" && shown.has(place.messageId))
  const parts = message.parts.map((part) =>
    part.type === "data-sources"
      ? { ...part, data: { values: part.data.values.filter(({ place }) => isShared(place)) } }
      : part,
  )
  return { ...message, parts }
}

/** Applies the author's edits to a JSON answer, with the check result for them. */
function used(message: ChatMessage): ChatMessage {
  const { parts, metadata } = message
  const outputCheck = effectiveCheck(parts, metadata?.outputCheck)
  return { ...withEffectiveText(message), metadata: metadata && { ...metadata, outputCheck } }
}

/** Omits the reference to the saved schema, which belongs to the author. */
function shownSchema({ stored: _, ...output }: SchemaRequest, black: RedactionRules): SchemaRequest {
  return { ...output, schema: asRecord(redactJsonValue(output.schema, black)) }
}

type SchemaRequest = Extract<OutputRequest, { type: "json_schema" }>

function snapshotMetadata(metadata: MessageMetadata, options: ShareOptions, black: RedactionRules): MessageMetadata {
  const { parentId, createdAt, status, model, merged, output, outputCheck, reasoningMs } = metadata
  return {
    ...{ parentId, createdAt, status },
    ...(model && { model }),
    ...(merged && { merged }),
    ...(options.thinking && reasoningMs !== undefined && { reasoningMs }),
    ...(output && {
      output: output.type === "json" ? output : shownSchema(output, black),
    }),
    ...(outputCheck && {
      outputCheck: {
        valid: outputCheck.valid,
        problems: outputCheck.problems.map(({ path, message, sentence }) => {
          const said = { path: redactText(path, black), message: redactText(message, black) }
          // A message may quote the answer's text.
          return said.path === path && said.message === message && sentence ? { ...said, sentence } : said
        }),
      },
    }),
  }
}

/** Parts visible to everyone; others depend on an option, or concern only the author. */
const OPEN: ReadonlySet<string> = new Set([
  "text",
  "step-start",
  "data-text-file",
  "data-document",
  "data-summary",
  "data-served",
  "data-left-out",
  "data-away",
  "data-steer",
  "data-sources",
])

function isShown(part: Part, { thinking, tools, images }: ShareOptions): boolean {
  if (part.type === "reasoning") return thinking
  if (part.type === "file") return images && imageIn(part) !== null
  return "toolCallId" in part ? tools : OPEN.has(part.type)
}

/** Without the provider's metadata. A tool failure keeps its message there. */
function bare(part: Part, options?: ShareOptions): Part {
  // Only the card: without the document's ID, nobody can request its pages.
  if (part.type === "data-document" && options && !options.documents) {
    const { documentId: _, ...card } = part.data
    return { type: "data-document", data: card }
  }
  if (part.type === "text") return { type: "text", text: part.text }
  if (part.type === "reasoning") return { type: "reasoning", text: part.text }
  if (part.type === "file") return bareImage(part)
  if (!("toolCallId" in part)) return part
  const { callProviderMetadata: _, ...call } = part
  return withToolImages(withoutToolFiles(withoutTold(call)), (image) => (options && !options.images ? null : image))
}

/** The image it was cropped from is private, and may be hidden. */
function bareImage({ providerMetadata, ...part }: FileUIPart): FileUIPart {
  const { derivedFrom: _, ...facts } = imageFactsOf({ providerMetadata })
  return { ...part, ...factsMetadata(facts) }
}

/** Members that hold internal identifiers. */
const NAMES: ReadonlySet<string> = new Set([
  ...["type", "toolCallId", "toolName", "state", "id", "url", "mediaType"],
  ...["documentId", "kind", "mode", "range", "messageId", "path"],
])

function blackedOutPart(part: Part, isData: boolean, black: RedactionRules): Part {
  if (black.texts.size === 0) return part
  if (part.type === "text" && isData) return { ...part, text: redactJsonText(part.text, black) }
  const members = Object.entries(part).map(([name, value]) => [
    name,
    NAMES.has(name) ? value : redactJsonValue(value, black),
  ])
  return Object.assign({ ...part }, Object.fromEntries(members))
}

/** Every text of a message that could be shown. */
export function* textsOf(message: ChatMessage): Generator<string> {
  const { role, parts, metadata } = used(message)
  const isData = role === "assistant" && metadata?.output !== undefined
  for (const part of parts) {
    if (part.type === "text" && isData) yield* textsInJson(part.text)
    else for (const [name, value] of Object.entries(part)) if (!NAMES.has(name)) yield* textsIn(value)
  }
  if (metadata?.output?.type === "json_schema") yield* textsIn(metadata.output.schema)
  for (const { path, message } of metadata?.outputCheck?.problems ?? []) yield* [path, message]
}

/** The ID of the image that a part shows. */
function imageIn(part: Part): string | null {
  if (part.type !== "file") return null
  return /^\/api\/images\/([0-9a-fA-F-]{36})$/.exec(part.url)?.[1]?.toLowerCase() ?? null
}

/** IDs of the files that a part opens. */
const filesIn = (part: Part): string[] => {
  const id = part.type === "data-document" ? part.data.documentId : imageIn(part)
  return id ? [id] : toolImagesIn(part)
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {}

/** How many messages at the end answer the same message: on a linear branch, only a comparison does. */
export function countCompared(messages: ChatMessage[]): number {
  const question = messages.at(-1)?.metadata?.parentId ?? null
  const other = messages.findLastIndex(({ metadata }) => question === null || metadata?.parentId !== question)
  const count = messages.length - 1 - other
  return count > 1 ? count : 0
}

export interface Difference {
  added: ReadonlySet<string>
  changed: ReadonlySet<string>
  /** The previous messages, in order. */
  removed: ChatMessage[]
}

/** What a new snapshot would change for readers. */
export function differenceOf(before: ChatMessage[], after: ChatMessage[]): Difference {
  const known = new Map(before.map((message) => [message.id, seenOf(message)]))
  const kept = new Set(after.map(({ id }) => id))
  return {
    added: new Set(after.flatMap(({ id }) => (known.has(id) ? [] : [id]))),
    changed: new Set(
      after.flatMap((message) =>
        known.has(message.id) && known.get(message.id) !== seenOf(message) ? [message.id] : [],
      ),
    ),
    removed: before.filter(({ id }) => !kept.has(id)),
  }
}

/** What readers see of a message, as one text. */
const seenOf = ({ parts, metadata }: ChatMessage): string =>
  JSON.stringify([parts.map((part) => bare(part)), metadata?.model, metadata?.output])
