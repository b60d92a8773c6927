/** The turns that a model is shown: UI messages as model messages, images as data URIs, within the server's limits. */

import { convertToModelMessages, type ModelMessage, type ToolSet } from "ai"
import { SUMMARY_PROMPT } from "@/lib/ai/prompts/prompts"
import { type DocumentBlock, documentReference } from "@/lib/chat/documents"
import { soundTurns } from "@/lib/chat/sound-turns"
import { idSchema } from "@/lib/ids"
import type { ModelImage } from "@/lib/images/types"
import { quoteFile } from "@/lib/messages/attached-text"
import { hasContent } from "@/lib/messages/content"
import { closeParts, type MessageParts } from "@/lib/messages/parts"
import type { ChatMessage } from "@/lib/messages/types"

/** Fireworks: at most 30 images a request, all base64 together under 10 MB. */
const MAX_IMAGES = 30
const MAX_BASE64 = 9_500_000

/** Id of the image that a `file` part shows, or null when the part is none of ours. */
export function imageIdOf(url: string): string | null {
  const [, id] = /^\/api\/images\/([^/?#]+)$/.exec(url) ?? []
  return idSchema.safeParse(id).data ?? null
}

/** Ids of all images of the messages, newest message first. */
export function imageIdsOf(messages: { parts: MessageParts }[]): string[] {
  return messages
    .toReversed()
    .flatMap(({ parts }) => parts.flatMap((part) => (part.type === "file" ? (imageIdOf(part.url) ?? []) : [])))
}

export interface HistoryOptions {
  /** The model takes images; else a note stands in their place. */
  images: boolean
  tools?: ToolSet
  /** The documents of the branch, for the front. */
  documents?: DocumentBlock
  loadImages: (ids: string[]) => Promise<Map<string, ModelImage>>
}

/** Model messages of a branch. Newest images first fill the budget; older ones are named only. */
export async function toModelMessages(messages: ChatMessage[], options: HistoryOptions): Promise<ModelMessage[]> {
  const images = options.images ? await withinBudget(imageIdsOf(messages), options) : new Map<string, ModelImage>()
  const readable = messages
    .filter(({ role, parts }) => role === "user" || (role === "assistant" && hasContent(parts)))
    .map((message, place, all) => ({
      ...message,
      parts: closeParts(message.parts, {
        reason: { text: "This tool did not finish." },
        unanswered: NOT_ALLOWED,
        // The call that the answer goes on with.
        keep: ({ state }) => place === all.length - 1 && state === "approval-responded",
      }).map((part) => inline(part, message.role === "user" ? images : NO_IMAGES)),
    }))
  readable[0]?.parts.unshift(...(options.documents?.parts ?? []))
  return soundTurns(await convertToModelMessages(readable, { tools: options.tools, ignoreIncompleteToolCalls: true }))
}

/** Told to the model of a call after which the person wrote something else. */
const NOT_ALLOWED = { text: "The person did not allow this call." }

/** No server takes an image in the model's own turn. */
const NO_IMAGES = new Map<string, ModelImage>()

async function withinBudget(
  ids: string[],
  { loadImages, documents }: HistoryOptions,
): Promise<Map<string, ModelImage>> {
  const loaded = await loadImages([...new Set(ids)].slice(0, MAX_IMAGES - (documents?.images ?? 0)))
  const kept = new Map<string, ModelImage>()
  let size = documents?.base64 ?? 0
  for (const [id, image] of [...loaded].sort(([a], [b]) => ids.indexOf(a) - ids.indexOf(b))) {
    size += image.base64.length
    if (size > MAX_BASE64) break
    kept.set(id, image)
  }
  return kept
}

type Part = MessageParts[number]

function inline(part: Part, images: Map<string, ModelImage>): Part {
  if (part.type === "data-summary") return { type: "text", text: SUMMARY_PROMPT }
  if (part.type === "data-text-file") return { type: "text", text: quoteFile(part.data) }
  if (part.type === "data-document") return { type: "text", text: documentReference(part.data) }
  if (part.type !== "file") return part
  const image = images.get(imageIdOf(part.url) ?? "")
  if (!image) return { type: "text", text: `[Image ${part.filename ?? ""} is not included.]` }
  return { type: "file", mediaType: image.mediaType, url: `data:${image.mediaType};base64,${image.base64}` }
}
