/** What a model is shown before it answers. */
import type { ModelMessage } from "ai"
import { resolveModel } from "@/lib/ai/catalogue"
import type { ModelInfo } from "@/lib/ai/model.types"
import { createTools } from "@/lib/ai/tools"
import { estimateTokens, type Fit, fitTurns, fromSummary, tokensOf } from "@/lib/chat/context"
import type { ConversationContext } from "@/lib/chat/conversation.types"
import { conversationNotFound } from "@/lib/chat/conversations"
import { toModelMessages } from "@/lib/chat/history"
import { parseParts } from "@/lib/chat/parts"
import { readSettings } from "@/lib/chat/settings"
import { pathTo } from "@/lib/chat/tree"
import type { ChatMessage, ChatSettings } from "@/lib/chat/types"
import { config } from "@/lib/config"
import { findConversation } from "@/lib/db/conversations"
import { turnsOf } from "@/lib/db/messages"
import { imagesForModel } from "@/lib/images/images"

/** The turns from the first to `messageId`. The caller has checked the owner. */
export async function branchOf(conversationId: string, messageId: string): Promise<ChatMessage[]> {
  const path = pathTo(await turnsOf(conversationId), messageId)
  return path.map(({ id, role, parts }) => ({ id, role, parts: parseParts(parts) }))
}

/** What of a branch this model is shown, beside the person's own instructions. */
export function shownTurns(turns: ChatMessage[], model: ModelInfo, settings: ChatSettings = {}): Fit {
  const { contextTokens } = model
  const own = estimateTokens(settings.systemPrompt ?? "")
  const fit = fitTurns(
    fromSummary(turns),
    contextTokens === null ? null : contextTokens - own,
    settings.maxTokens ?? config().limits.outputTokens,
  )
  return { ...fit, tokens: fit.tokens + own }
}

/** How full the model's window is with the next question of a conversation. Throws `conversation:not_found`. */
export async function contextOf(userId: string, id: string, modelId: string | undefined): Promise<ConversationContext> {
  const row = await findConversation(id, userId)
  if (!row) throw conversationNotFound()
  const model = await resolveModel(modelId ?? row.model ?? undefined)
  const branch = row.activeLeafId ? await branchOf(id, row.activeLeafId) : []
  // As if a question followed: a summary counts from the next one on.
  const next: ChatMessage = { id, role: "user", parts: [] }
  const since = fromSummary([...branch, next])
  const { tokens, leftOut } = shownTurns([...branch, next], model, readSettings(row.settings))
  return {
    tokens,
    allTokens: branch.reduce((sum, turn) => sum + tokensOf(turn), 0),
    windowTokens: model.contextTokens,
    leftOut: leftOut + branch.length + 1 - since.length,
    summarised: since.length <= branch.length,
  }
}

/** The turns as this model takes them: with the user's images when it sees, with tool calls when it has tools. */
export function historyFor(
  userId: string,
  turns: ChatMessage[],
  model: ModelInfo,
  settings?: ChatSettings,
): Promise<ModelMessage[]> {
  return toModelMessages(shownTurns(turns, model, settings).turns, {
    images: model.images,
    tools: model.tools ? createTools() : undefined,
    loadImages: (ids) => imagesForModel(userId, ids),
  })
}
