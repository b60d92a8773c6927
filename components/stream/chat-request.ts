import type { FileUIPart } from "ai"
import type { ChatRequest } from "@/lib/chat/requests"
import { imageFactsOf } from "@/lib/messages/image-facts"
import type { ChatMessage, MessageDocument } from "@/lib/messages/types"

/** What a turn says beside the message itself. */
const OPTIONS = [
  "parentId",
  "append",
  "responseId",
  "model",
  "settings",
  "output",
  "temporary",
  "folderId",
  "compare",
  "replaces",
  "blind",
  "merges",
  "once",
  "change",
  "repair",
] as const satisfies (keyof ChatRequest)[]

export type TurnOptions = Pick<ChatRequest, (typeof OPTIONS)[number]>

/**
 * The request for one turn: only the last message of the person goes out, the server has the rest. Null when there
 * is none.
 */
export function chatRequest(chatId: string, messages: ChatMessage[], options: TurnOptions): ChatRequest | null {
  const message = messages.findLast(({ role }) => role === "user")
  if (!message) return null
  // Callers hold more than a turn says; the server refuses what it does not know.
  const said: TurnOptions = Object.fromEntries(OPTIONS.map((name) => [name, options[name]]))
  return {
    ...said,
    id: chatId,
    message: { id: message.id, role: "user", parts: message.parts.flatMap(sentPart) },
    model: options.compare ? undefined : options.model,
  }
}

function sentPart(part: ChatMessage["parts"][number]): ChatRequest["message"]["parts"] {
  if (part.type === "text") return [{ type: "text", text: part.text }]
  if (part.type === "file")
    return [
      {
        type: "file",
        ...{ url: part.url, mediaType: part.mediaType },
        ...(part.filename && { filename: part.filename }),
        ...wishOf(part),
      },
    ]
  if (part.type === "data-text-file") return [{ type: "data-text-file", data: part.data }]
  if (part.type === "data-document") return chosenOf(part.data)
  if (part.type === "data-summary") return [{ type: "data-summary", data: {} }]
  return []
}

/** What was chosen of a document. One without an id is the card of a share: there is nothing to read behind it. */
function chosenOf({ documentId, range, mode }: MessageDocument): ChatRequest["message"]["parts"] {
  return documentId ? [{ type: "data-document", data: { documentId, mode, ...(range && { range }) } }] : []
}

/** What the person says of an image; the rest the server knows itself. */
function wishOf(part: FileUIPart) {
  const { alt, detail } = imageFactsOf(part)
  return alt || detail ? { providerMetadata: { sparkler: { alt, detail } } } : {}
}
