import { v7 as uuidv7 } from "uuid"
import type { Sending } from "@/components/composer/draft"
import type { ChatMessage } from "@/lib/chat/types"

/** What a person says, as a message of the conversation. */
export function userMessage(parts: ChatMessage["parts"], parentId: string | null, id = uuidv7()): ChatMessage {
  const metadata = { parentId, createdAt: new Date().toISOString(), status: "complete" as const }
  return { id, role: "user", metadata, parts }
}

/** Pictures first, then the text when there is any. */
export function partsOfDraft({ text, images }: Sending): ChatMessage["parts"] {
  const files = images.map(({ url, mediaType, name }) => ({ type: "file" as const, url, mediaType, filename: name }))
  return text.trim() ? [...files, { type: "text", text }] : files
}

/** The same pictures with another text. */
export function partsOfEdit(old: ChatMessage, text: string): ChatMessage["parts"] {
  return [...old.parts.filter((part) => part.type === "file"), { type: "text", text }]
}
