/** Answers of several models to one question, side by side: one is asked for again, one is kept. */

import { conversationNotFound } from "@/lib/chat/conversations"
import { choicesOn, comparedWith, momentOfChoice } from "@/lib/chat/tree"
import { db } from "@/lib/db/client"
import { findConversation, showBranch } from "@/lib/db/conversations"
import { createGenerations, runningGenerations } from "@/lib/db/generations"
import { chooseMessages, createTurn, endComparison, findMessage, leaveComparison, treeOf } from "@/lib/db/messages"
import type { NewTurn } from "@/lib/db/turns"
import { beginAnswer } from "@/lib/generation/begin-answer"
import { stopAnswers } from "@/lib/generation/stop"
import { AppError } from "@/lib/http/errors"

const notCompared = () => new AppError("message:not_compared")

export const isNotCompared = (error: unknown) => error instanceof AppError && error.code === "message:not_compared"

/** Stores an answer that takes the place of another one in its comparison, which stays as a version. */
export async function storeReplacement(turn: NewTurn, replaced: string): Promise<void> {
  const { conversationId } = turn
  const old = (await openComparison(conversationId, replaced)).find(({ id }) => id === replaced)
  if (!old?.comparisonId || turn.answers.some(({ parentId }) => parentId !== old.parentId)) throw notCompared()
  const { comparisonId, comparisonPlace } = old
  const place = { comparisonId, comparisonPlace: comparisonPlace ?? 0 }
  await db().$transaction(async (client) => {
    await beginAnswer(client, conversationId, comparisonId, turn.touch)
    if (!(await leaveComparison(client, replaced, comparisonId))) throw notCompared()
    await createTurn(
      client,
      turn.question,
      turn.answers.map((answer) => ({ ...answer, ...place })),
    )
    await createGenerations(client, turn.generations)
  })
}

/** The answers that this one is compared with, itself too; none when that is decided. */
async function openComparison(conversationId: string, messageId: string) {
  const tree = await treeOf(conversationId)
  return comparedWith(
    tree,
    tree.find(({ id }) => id === messageId),
  )
}

/**
 * Goes on from one of the answers that are compared: the others are versions beside it from now on, and what is still
 * being written of them is stopped. Nothing happens where one was kept or gone on from already. Throws
 * `conversation:not_found`, `message:not_found`.
 */
export async function keepAnswer(userId: string, conversationId: string, messageId: string): Promise<void> {
  if (!(await findConversation(conversationId, userId))) throw conversationNotFound()
  const answer = await findMessage(messageId, userId)
  if (answer?.conversationId !== conversationId || answer.role !== "assistant") throw new AppError("message:not_found")
  const compared = await openComparison(conversationId, messageId)
  const [{ comparisonId } = { comparisonId: null }] = compared
  if (comparisonId === null) return
  const others = new Set(compared.flatMap(({ id }) => (id === messageId ? [] : id)))
  const running = await runningGenerations(conversationId, userId)
  await stopAnswers(running.filter((generation) => others.has(generation.messageId)))
  const client = db()
  const tree = await treeOf(conversationId)
  await client.$transaction([
    chooseMessages(client, choicesOn(tree, messageId), momentOfChoice(tree)),
    endComparison(client, conversationId, comparisonId),
    showBranch(client, conversationId, { activeLeafId: messageId, model: answer.model }),
  ])
}
