/** What a model is shown before it answers. */
import type { ModelMessage } from "ai"
import { type RequestedOutput, reservedTokens } from "@/lib/ai/output-limit"
import { knownTools } from "@/lib/ai/tools"
import { type Fit, fitTurns, tokensOf, turnsSinceSummary } from "@/lib/chat/context"
import type { ConversationContext } from "@/lib/chat/conversation.types"
import { conversationNotFound } from "@/lib/chat/conversations"
import { documentBlock, documentTokens } from "@/lib/chat/documents"
import { toModelMessages } from "@/lib/chat/history"
import { withImageSupport } from "@/lib/chat/model-image-support"
import { hasPictures } from "@/lib/chat/sent-documents"
import { readSettings } from "@/lib/chat/settings"
import { findConversation } from "@/lib/db/conversations"
import { branchTo } from "@/lib/db/turns"
import { roomFor } from "@/lib/documents/fit"
import { imagesForModel } from "@/lib/images/for-model"
import { parseParts, toolNameIn } from "@/lib/messages/parts"
import { estimateTokens } from "@/lib/messages/tokens"
import type { ChatMessage } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { withEffectiveText } from "@/lib/output/answer/edits"
import { modelOf } from "@/lib/own-key/payer"

/** The turns from the first to `messageId`. The caller has checked the owner. */
export async function branchOf(conversationId: string, messageId: string): Promise<ChatMessage[]> {
  const branch = await branchTo(conversationId, messageId)
  return branch.map(({ id, role, parts }) => ({ id, role, ...withEffectiveText({ parts: parseParts(parts) }) }))
}

/** The part of a branch that this model is shown, apart from the user's own instructions. */
function shownTurns(turns: ChatMessage[], model: ModelInfo, asked: RequestedOutput): Fit {
  const { contextTokens } = model
  const reserved = reservedTokens(model, asked)
  // Documents stay even if the turns they came with are summarized or no longer fit.
  const own = estimateTokens(asked.settings?.systemPrompt ?? "") + documentTokens(turns, contextTokens, reserved)
  const fit = fitTurns(turnsSinceSummary(turns), contextTokens === null ? null : contextTokens - own, reserved)
  return { ...fit, tokens: fit.tokens + own }
}

/** How full the model's context window is at the next question of a conversation. Throws `conversation:not_found`. */
export async function contextOf(userId: string, id: string, modelId: string | undefined): Promise<ConversationContext> {
  const row = await findConversation(id, userId)
  if (!row) throw conversationNotFound()
  const model = await modelOf(userId, modelId ?? row.model ?? undefined)
  const branch = row.activeLeafId ? await branchOf(id, row.activeLeafId) : []
  // As if a question followed, because a summary takes effect from the next question on.
  const next: ChatMessage = { id, role: "user", parts: [] }
  const since = turnsSinceSummary([...branch, next])
  const { tokens, leftOut } = shownTurns([...branch, next], model, { settings: readSettings(row.settings) })
  return {
    tokens,
    allTokens: branch.reduce((sum, turn) => sum + tokensOf(turn), documentTokens(branch, null, 0)),
    windowTokens: model.contextTokens,
    leftOut: leftOut + branch.length + 1 - since.length,
    summarized: since.length <= branch.length,
  }
}

/** What a model is shown before it answers. */
export interface History {
  messages: ModelMessage[]
  /** Estimated tokens of the messages and the user's own instructions. */
  tokens: number
  /** Images not sent to the model because they don't fit. */
  droppedImages?: number
}

/** The user's setting for the model only matters if there are images. */
const seesImages = async (userId: string, model: ModelInfo, turns: ChatMessage[]): Promise<boolean> =>
  turns.some(({ parts }) => hasPictures(parts)) ? (await withImageSupport(userId, model)).images : model.images

const namesIn = (turns: ChatMessage[]): string[] =>
  turns.flatMap(({ parts }) => parts.flatMap((part) => ("toolCallId" in part ? [toolNameIn(part)] : [])))

/** The turns as this model accepts them: with the user's images if it sees, with tool calls if it has tools. */
export async function historyFor(
  userId: string,
  turns: ChatMessage[],
  model: ModelInfo,
  asked: RequestedOutput = {},
): Promise<History> {
  const shown = shownTurns(turns, model, asked)
  const images = await seesImages(userId, model, turns)
  const room = roomFor(model.contextTokens, reservedTokens(model, asked))
  const { messages, droppedImages } = await toModelMessages(shown.turns, {
    images,
    documents: await documentBlock(userId, turns, { images, room }),
    tools: model.tools ? knownTools(namesIn(shown.turns)) : undefined,
    loadImages: (shownImages, taken) => imagesForModel(userId, shownImages, taken),
  })
  return { messages, tokens: shown.tokens, droppedImages }
}
