import type { FileUIPart } from "ai"
import type { ChatRequest } from "@/lib/chat/requests"
import { imageFactsOf } from "@/lib/messages/image-facts"
import type { ChatMessage, MessageDocument } from "@/lib/messages/types"

/** Options of a turn besides the message. */
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

/** The request for one turn: only the user's last message is sent, the server has the rest. Null when there is none. */
export function chatRequest(chatId: string, messages: ChatMessage[], options: TurnOptions): ChatRequest | null {
  const message = messages.findLast(({ role }) => role === "user")
  if (!message) return null
  // Callers pass extra properties, and the server rejects unknown ones.
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

/** The options chosen for a document. One without an id comes from a share and has nothing to read. */
function chosenOf({ documentId, range, mode }: MessageDocument): ChatRequest["message"]["parts"] {
  return documentId ? [{ type: "data-document", data: { documentId, mode, ...(range && { range }) } }] : []
}

/** The user's settings for an image; the server knows the rest. */
function wishOf(part: FileUIPart) {
  const { alt, detail } = imageFactsOf(part)
  return alt || detail ? { providerMetadata: { sparkler: { alt, detail } } } : {}
}
