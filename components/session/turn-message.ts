import { v7 as uuidv7 } from "uuid"
import { type Edited, toImagePart } from "@/components/base/message-content"
import type { Sending } from "@/components/draft/draft"
import type { ExpectedAnswer } from "@/components/session/events"
import type { QueuedTurn } from "@/components/session/queue"
import { partOfDraft } from "@/lib/messages/document-part"
import type { ChatMessage } from "@/lib/messages/types"

/** The user's input as a message of the conversation. */
export function userMessage(parts: ChatMessage["parts"], parentId: string | null, id = uuidv7()): ChatMessage {
  const metadata = { parentId, createdAt: new Date().toISOString(), status: "complete" as const }
  return { id, role: "user", metadata, parts }
}

/** Images first, then documents and text files, then the text if there is any. */
export function partsOfDraft({ text, images, documents, files }: Sending): ChatMessage["parts"] {
  const attached = [
    ...images.map(toImagePart),
    ...documents.map((document) => ({ type: "data-document" as const, data: partOfDraft(document) })),
    ...files.map((data) => ({ type: "data-text-file" as const, data })),
  ]
  return text.trim() ? [...attached, { type: "text", text }] : attached
}

/** Attachments first, then the text if there is any. */
export const partsOfEdit = ({ text, attached }: Edited): ChatMessage["parts"] =>
  text.trim() ? [...attached, { type: "text", text }] : attached

/** The answers a message requests: one, or one per model. */
export const expectedAnswers = ({ compare, responseId }: QueuedTurn): ExpectedAnswer[] =>
  compare?.map(({ model, responseId: id }) => ({ id, model })) ?? [{ id: responseId }]
