/** The turns that a model gets: UI messages as model messages, images as data URIs, within the server's limits. */

import { convertToModelMessages, type ModelMessage, type ToolSet } from "ai"
import { SUMMARY_PROMPT } from "@/lib/ai/prompts/prompts"
import { type DocumentBlock, documentReference } from "@/lib/chat/documents"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import { idSchema } from "@/lib/ids"
import type { Sent, SentImage, ShownImage, UsedCapacity } from "@/lib/images/for-model"
import { quoteFile } from "@/lib/messages/attached-text"
import { hasContent } from "@/lib/messages/content"
import { imageFactsOf } from "@/lib/messages/image-facts"
import { turnsIn } from "@/lib/messages/notes"
import { closeParts, type MessageParts } from "@/lib/messages/parts"
import { toldIn } from "@/lib/messages/tool-fault"
import { toolImagesIn } from "@/lib/messages/tool-images"
import type { ChatMessage } from "@/lib/messages/types"

/** ID of the image that a `file` part shows, or null if it is not one of ours. */
export function imageIdOf(url: string): string | null {
  const [, id] = /^\/api\/images\/([^/?#]+)$/.exec(url) ?? []
  return idSchema.safeParse(id).data ?? null
}

/** IDs of all images in the messages and in their tool results, newest message first. */
export function imageIdsOf(messages: { parts: MessageParts }[]): string[] {
  return messages
    .toReversed()
    .flatMap(({ parts }) =>
      parts.flatMap((part) => (part.type === "file" ? (imageIdOf(part.url) ?? []) : toolImagesIn(part))),
    )
}

/** The images of the messages, newest message first. Those of the last message belong to the current question. */
function shownImages(messages: ChatMessage[]): ShownImage[] {
  const last = messages.findLast(({ role }) => role === "user")
  return messages.toReversed().flatMap((message) =>
    message.parts.flatMap((part) => {
      const id = part.type === "file" && message.role === "user" ? imageIdOf(part.url) : null
      if (part.type !== "file" || id === null) return []
      return [{ id, detail: imageFactsOf(part).detail ?? "standard", current: message === last }]
    }),
  )
}

export interface HistoryOptions {
  /** The model accepts images; otherwise a note replaces them. */
  images: boolean
  tools?: ToolSet
  /** The documents of the branch, placed at the front. */
  documents?: DocumentBlock
  loadImages: (shown: ShownImage[], taken: UsedCapacity) => Promise<Sent>
}

const NOTHING: UsedCapacity = { images: 0, base64: 0 }

export interface ModelHistory {
  messages: ModelMessage[]
  /** Images not sent to a model that accepts images, because they don't fit. */
  droppedImages: number
}

/** Model messages of a branch. Images that don't fit are only named. */
export async function toModelMessages(messages: ChatMessage[], options: HistoryOptions): Promise<ModelHistory> {
  const shown = options.images ? shownImages(messages) : []
  const { sent, dropped } = shown.length > 0 ? await options.loadImages(shown, options.documents ?? NOTHING) : NO_IMAGES
  const readable = messages
    .flatMap(turnsIn)
    .filter(({ role, parts }) => role === "user" || (role === "assistant" && hasContent(parts)))
    .map((message, place, all) => {
      const parts = closeParts(message.parts, {
        reason: { text: "This tool did not finish." },
        unanswered: NOT_ALLOWED,
        // The call that the answer continues with.
        keep: ({ state }) => place === all.length - 1 && state === "approval-responded",
      })
      return { ...message, parts: inlined(parts, message.role === "user" ? sent : NO_IMAGES.sent) }
    })
  readable[0]?.parts.unshift(...(options.documents?.parts ?? []))
  return {
    messages: normalizeTurns(
      await convertToModelMessages(readable, { tools: options.tools, ignoreIncompleteToolCalls: true }),
    ),
    droppedImages: dropped,
  }
}

/** Tells the model about a call that the user didn't answer before writing something else. */
const NOT_ALLOWED = { text: "The person did not allow this call." }

/** No server accepts an image in an assistant turn. */
const NO_IMAGES: Sent = { sent: new Map(), dropped: 0 }

type Part = MessageParts[number]

/** The parts of one message in the form a model accepts; multiple images are numbered. */
function inlined(parts: MessageParts, images: Map<string, SentImage>): MessageParts {
  const numbered = parts.filter(({ type }) => type === "file").length > 1
  let number = 0
  return parts.flatMap((part) => inline(part, images, part.type === "file" && numbered ? ++number : null))
}

function inline(part: Part, images: Map<string, SentImage>, number: number | null): MessageParts {
  if ("toolCallId" in part && part.state === "output-error")
    return [{ ...part, errorText: toldIn(part.resultProviderMetadata) ?? part.errorText }]
  if (part.type === "data-summary") return [{ type: "text", text: SUMMARY_PROMPT }]
  if (part.type === "data-text-file") return [{ type: "text", text: quoteFile(part.data) }]
  if (part.type === "data-document") return [{ type: "text", text: documentReference(part.data) }]
  if (part.type !== "file") return [part]
  const image = images.get(imageIdOf(part.url) ?? "")
  const name = oneLine(part.filename ?? "")
  const called = number === null ? "Image" : `Image ${number}`
  if (!image)
    return [{ type: "text", text: `[${number === null ? `Image ${name}` : `${called}: ${name}`} is not included.]` }]
  const label = labelOf(image, number === null ? null : `${called}: ${name}`)
  const files = image.images.map(
    ({ mediaType, base64 }): Part => ({ type: "file", mediaType, url: `data:${mediaType};base64,${base64}` }),
  )
  return label ? [{ type: "text", text: label }, ...files] : files
}

/** A name is untrusted text, so it stays on its line. */
const oneLine = (name: string) => name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").slice(0, 255)

/** The text before an image: its number, and that details of it follow. Null: none. */
function labelOf({ images, width, height }: SentImage, called: string | null): string | null {
  const details = images.length - 1
  if (details === 0) return called && `${called}`
  const size = `${width} × ${height} pixels`
  return `${called ?? "Image"} (${size}): first the whole, then ${details} overlapping details of it, row by row from the upper left.`
}
