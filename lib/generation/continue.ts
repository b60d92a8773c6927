/** Continuing an answer that ended early: stopped, interrupted, failed, or at its length limit. */
import { isDeepStrictEqual } from "node:util"
import type { UIMessageChunk } from "ai"
import { CONTINUE_PROMPT, MORE_TOOLS_PROMPT } from "@/lib/ai/prompts/prompts"
import type { SessionUser } from "@/lib/auth/sessions"
import { canContinue, continuationPart } from "@/lib/chat/continuable"
import { conversationNotFound } from "@/lib/chat/conversations"
import { toChatMessage } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news/news"
import type { ContinueRequest } from "@/lib/chat/requests"
import { readSettings } from "@/lib/chat/settings"
import { normalizeTurns } from "@/lib/chat/sound-turns"
import { choicesOn, choiceTimestamp, openComparisonOf } from "@/lib/chat/tree"
import { db, type Transaction } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import { createGenerations, generationById, runningOfUser } from "@/lib/db/generations"
import { chooseMessages, hasChildMessages, type MessageRow, messageById, reopenAnswer, treeOf } from "@/lib/db/messages"
import { type AnswersTaken, consumeAnswersIn } from "@/lib/db/quota"
import { beginAnswer } from "@/lib/generation/begin-answer"
import { busy, checkLimit, checkRunning } from "@/lib/generation/checks"
import { splitSeam } from "@/lib/generation/continuation"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { branchOf, type History, historyFor } from "@/lib/generation/history"
import type { Continued, GenerationJob } from "@/lib/generation/job"
import { messageChunks } from "@/lib/generation/log/chunks"
import { mergeAgain, withMergeTask } from "@/lib/generation/merge"
import { startGeneration } from "@/lib/generation/run"
import { runtime } from "@/lib/generation/runtime"
import { AppError } from "@/lib/http/errors"
import { TOOL_STEPS } from "@/lib/messages/finish"
import type { ChatMessage, ChatSettings } from "@/lib/messages/types"
import type { ModelInfo } from "@/lib/models/model.types"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"
import { paymentOf, quotaError } from "@/lib/quota/quotas"
import { consumeRateLimit } from "@/lib/quota/rates"

/**
 * Starts a second generation for a message that broke off. Repeating a request starts nothing. Throws `AppError`s: not
 * found for anything that belongs to another user, `message:not_continuable`, and every limit.
 */
export async function continueAnswer(user: SessionUser, conversationId: string, request: ContinueRequest) {
  checkRunning()
  const { messageId, generationId } = request
  const row = await findOwnAnswer(user, conversationId, messageId)
  if (await hasBegun(request)) return
  const message = toChatMessage(row)
  if (!canContinue(message) || (await hasChildMessages(conversationId, messageId)))
    throw new AppError("message:not_continuable")
  checkLimit(await runningOfUser(user.id))
  const model = await modelOf(user.id, row.model ?? undefined)
  await requireOffered(user, model)
  const tree = await treeOf(conversationId)
  await consumeRateLimit(user.id, "messages")
  const { key, taken } = await paymentOf(user, [model])
  const giveBack = await takeGuestAnswers(user, 1)
  try {
    await db().$transaction((client) => beginAgain(client, row, { user, generationId, model, tree, taken }))
  } catch (thrown) {
    giveBack()
    const error = await quotaError(user, thrown)
    // This generation, or another one, was started concurrently.
    if ((await generationById(generationId))?.messageId === messageId) return
    throw isUniqueViolation(error) ? busy() : error
  }
  await resumeGeneration(user, row, message, { generationId, model, key })
}

/** An answer in this user's conversation, unless it is deleted. Throws `conversation:not_found`. */
export async function findOwnAnswer(user: SessionUser, conversationId: string, messageId: string) {
  const row = await messageById(messageId)
  const { userId, deletedAt } = row?.conversation ?? {}
  if (row?.conversationId !== conversationId || userId !== user.id || deletedAt || row.deletedAt)
    throw conversationNotFound()
  return row
}

/** Whether this generation has started. Throws `conversation:not_found` if it belongs to another message. */
export async function hasBegun({ messageId, generationId }: ContinueRequest): Promise<boolean> {
  const known = await generationById(generationId)
  if (known && known.messageId !== messageId) throw conversationNotFound()
  return known !== null
}

interface Again {
  user: SessionUser
  taken: AnswersTaken | undefined
  generationId: string
  model: ModelInfo
  tree: Awaited<ReturnType<typeof treeOf>>
}

/** Stores that an answer is being written again. Throws `conversation:busy`, `QuotaReached`. */
export async function beginAgain(
  client: Transaction,
  { id, conversationId, ...row }: MessageRow,
  { user, taken, generationId, model, tree }: Again,
): Promise<void> {
  const { nodeId } = runtime()
  // The conversation's model would reveal the hidden name.
  const shown = row.blind ? undefined : model.id
  await beginAnswer(client, conversationId, openComparisonOf(row), { activeLeafId: id, model: shown, begin: 1 })
  await chooseMessages(client, choicesOn(tree, id), choiceTimestamp(tree))
  await createGenerations(client, [{ id: generationId, messageId: id, conversationId, userId: user.id, nodeId }])
  if (taken) await consumeAnswersIn(client, taken)
  if (!(await reopenAnswer(client, id))) throw busy()
}

/** Lets the model continue an answer that `beginAgain` has reopened. */
export async function resumeGeneration(
  user: SessionUser,
  row: MessageRow,
  message: ChatMessage,
  run: Pick<GenerationJob, "generationId" | "model" | "key">,
): Promise<void> {
  const { conversationId } = row
  const settings = readSettings(row.settings)
  const continued = continuedFrom(message)
  await startGeneration({
    ...run,
    messageId: row.id,
    parentId: row.parentId ?? "",
    conversationId,
    userId: user.id,
    createdAt: row.createdAt,
    blind: row.blind,
    merged: message.metadata?.merged,
    settings: { ...settings, alternatives: undefined },
    // Reasoning about the continuation would stand after the text and is dropped, so the model needn't reason.
    least: continued.open !== null,
    history: () => historyOf(user.id, row, continued, run.model, settings),
    continued,
  })
  void tell(user.id, conversationId, { messageId: row.id, status: "streaming" })
}

/** The existing content as chunks, with its last text part open where it can be continued. */
function continuedFrom(message: ChatMessage): Continued {
  const { parts, metadata } = message
  // With more tool steps, the model starts a new text part. Calls that are allowed to run come first.
  const runs = parts.some((part) => "toolCallId" in part && part.state === "approval-responded")
  const again = metadata?.finishReason === TOOL_STEPS && !runs
  const end = again || runs ? null : continuationPart(parts)
  const shared = { usage: metadata?.usage, costUsd: metadata?.costUsd, reasoningMs: metadata?.reasoningMs }
  const [, ...rest] = messageChunks(message)
  // Token alternatives are only kept for answers written in one go.
  const content: UIMessageChunk[] = rest.filter(({ type }) => type !== "finish" && type !== "data-alternatives")
  if (end?.type !== "text") return { ...shared, chunks: content, open: null, ...(again && { again }) }
  const { base, tail } = splitSeam(end.text)
  const openId = `stored-${parts.indexOf(end)}`
  const ended: UIMessageChunk = { type: "text-end", id: openId }
  const chunks = content
    .filter((chunk) => !isDeepStrictEqual(chunk, ended))
    .map((chunk) => (chunk.type === "text-delta" && chunk.id === openId ? { ...chunk, delta: base } : chunk))
  const step = chunks.slice(chunks.findLastIndex(({ type }) => type === "start-step") + 1)
  return { ...shared, chunks, open: { openId, base, tail, step } }
}

async function historyOf(
  userId: string,
  row: MessageRow,
  { open, again }: Continued,
  model: ModelInfo,
  settings: ChatSettings,
): Promise<History> {
  const branch = await branchOf(row.conversationId, row.id)
  const turns = branch.map((turn) => (turn.id === row.id && open ? withOpenEnd(turn, open.base) : turn))
  const question = branch.find(({ id }) => id === row.parentId)
  const task = await mergeAgain(row, { model, settings, question: question?.parts ?? [] })
  const shown = task && question ? withMergeTask(turns, question.id, task) : turns
  const history = await historyFor(userId, shown, model, { settings, least: open !== null })
  const prompt = open ? CONTINUE_PROMPT : again ? MORE_TOOLS_PROMPT : null
  if (prompt === null) return history
  return { ...history, messages: normalizeTurns([...history.messages, { role: "user", content: prompt }]) }
}

/** The answer as the model should continue it: without a last word that may have broken off. */
function withOpenEnd(message: ChatMessage, base: string): ChatMessage {
  const end = continuationPart(message.parts)
  return { ...message, parts: message.parts.map((part) => (part === end ? { ...part, text: base } : part)) }
}
