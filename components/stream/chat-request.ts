import type { ChatRequest } from "@/lib/chat/requests"
import type { ChatMessage } from "@/lib/messages/types"

/** What a turn says beside the message itself. */
export type TurnOptions = Pick<
  ChatRequest,
  | "parentId"
  | "append"
  | "responseId"
  | "model"
  | "settings"
  | "output"
  | "temporary"
  | "folderId"
  | "compare"
  | "replaces"
  | "blind"
  | "merges"
  | "once"
  | "change"
>

/**
 * The request for one turn: only the last message of the person goes out, the server has the rest. Null when there
 * is none.
 */
export function chatRequest(chatId: string, messages: ChatMessage[], options: TurnOptions): ChatRequest | null {
  const message = messages.findLast(({ role }) => role === "user")
  if (!message) return null
  const {
    parentId,
    append,
    responseId,
    model,
    settings,
    output,
    temporary,
    folderId,
    compare,
    replaces,
    blind,
    merges,
    once,
    change,
  } = options
  const request: ChatRequest = {
    id: chatId,
    message: { id: message.id, role: "user", parts: message.parts.flatMap(sentPart) },
    parentId,
    append,
    responseId,
    model: compare ? undefined : model,
    settings,
    output,
    temporary,
    folderId,
    compare,
    replaces,
    blind,
    merges,
    once,
    change,
  }
  return request
}

function sentPart(part: ChatMessage["parts"][number]): ChatRequest["message"]["parts"] {
  if (part.type === "text") return [{ type: "text", text: part.text }]
  if (part.type === "file")
    return [
      { type: "file", url: part.url, mediaType: part.mediaType, ...(part.filename && { filename: part.filename }) },
    ]
  if (part.type === "data-text-file") return [{ type: "data-text-file", data: part.data }]
  if (part.type === "data-summary") return [{ type: "data-summary", data: {} }]
  return []
}
