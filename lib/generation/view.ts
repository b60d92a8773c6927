import type { ConversationView } from "@/lib/chat/conversation.types"
import type { ViewPiece } from "@/lib/chat/requests"
import { viewConversation } from "@/lib/chat/view"
import { newestGeneration } from "@/lib/db/generations"
import { loggedParts } from "@/lib/generation/log/written"
import { runningByMessage } from "@/lib/generation/runtime"
import type { Language } from "@/lib/i18n/language"
import { blindMessage } from "@/lib/messages/blind"
import { createSentenceRenderer, localizedMessage } from "@/lib/messages/spoken"
import type { ChatMessage } from "@/lib/messages/types"

/** `viewWithRunning` in the reader's language. */
export async function viewInLanguage(
  language: Language,
  userId: string,
  id: string,
  piece?: ViewPiece,
): Promise<ConversationView | null> {
  const view = await viewWithRunning(userId, id, piece)
  const speak = createSentenceRenderer(language)
  if (!view || !speak) return view
  const messages = view.messages.map(localizedMessage(speak))
  return { ...view, messages, compared: view.compared.map(localizedMessage(speak)) }
}

/** The shown branch of a conversation, with the content so far of answers that are being written. */
export async function viewWithRunning(userId: string, id: string, piece?: ViewPiece): Promise<ConversationView | null> {
  const view = await viewConversation(userId, id, piece)
  const last = view?.messages.at(-1)
  if (!view || !last) return view
  const compared = await Promise.all(view.compared.map(withRunning))
  const shown = compared.find((answer) => answer.id === last.id) ?? (await withRunning(last))
  return { ...view, messages: [...view.messages.slice(0, -1), shown], compared }
}

async function withRunning(message: ChatMessage): Promise<ChatMessage> {
  if (message.metadata?.status !== "streaming") return message
  const running = runningByMessage(message.id)
  return running ? told(message, await running.parts()) : withLoggedContent(message)
}

/** With the log's content of an answer that is being written in another process. */
export async function withLoggedContent(message: ChatMessage): Promise<ChatMessage> {
  const generation = message.metadata?.status === "streaming" ? await newestGeneration(message.id) : null
  const parts = generation?.endedAt === null ? await loggedParts(generation.id) : null
  return parts ? told(message, parts) : message
}

/** With these parts, as far as they may be revealed. */
const told = (message: ChatMessage, parts: ChatMessage["parts"]): ChatMessage =>
  message.metadata?.blind ? blindMessage({ ...message, parts }) : { ...message, parts }
