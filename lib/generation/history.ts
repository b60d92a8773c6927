/** What a model is shown before it answers. */
import type { ModelMessage } from "ai"
import { createTools } from "@/lib/ai/tools"
import { toModelMessages } from "@/lib/chat/history"
import { parseParts } from "@/lib/chat/parts"
import { pathTo } from "@/lib/chat/tree"
import type { ChatMessage, ModelInfo } from "@/lib/chat/types"
import { turnsOf } from "@/lib/db/messages"
import { imagesForModel } from "@/lib/images/images"

/** The turns from the first to `messageId`. The caller has checked the owner. */
export async function branchOf(conversationId: string, messageId: string): Promise<ChatMessage[]> {
  const path = pathTo(await turnsOf(conversationId), messageId)
  return path.map(({ id, role, parts }) => ({ id, role, parts: parseParts(parts) }))
}

/** The turns as this model takes them: with the user's images when it sees, with tool calls when it has tools. */
export function historyFor(userId: string, turns: ChatMessage[], model: ModelInfo): Promise<ModelMessage[]> {
  return toModelMessages(turns, {
    images: model.images,
    tools: model.tools ? createTools() : undefined,
    loadImages: (ids) => imagesForModel(userId, ids),
  })
}
