/** Answers of several models to one question, side by side: replacing one, adding one, keeping one. */

import { conversationNotFound } from "@/lib/chat/conversations"
import { readMerged } from "@/lib/chat/messages"
import { choicesOn, choiceTimestamp } from "@/lib/chat/tree"
import { db, type Transaction } from "@/lib/db/client"
import { findConversation, lockConversation, setActiveBranch } from "@/lib/db/conversations"
import { createGenerations, runningGenerations } from "@/lib/db/generations"
import {
  chooseMessages,
  createTurn,
  endComparison,
  findMessage,
  messagesByIds,
  removeFromComparison,
  revealModels,
  treeOf,
} from "@/lib/db/messages"
import { consumeAnswersIn } from "@/lib/db/quota"
import type { NewTurn } from "@/lib/db/turns"
import { beginAnswer } from "@/lib/generation/begin-answer"
import { notComparedError, openComparison } from "@/lib/generation/comparison"
import { stopAnswers } from "@/lib/generation/stop"
import { recordVerdict } from "@/lib/generation/verdict"
import { AppError } from "@/lib/http/errors"
import { parseParts } from "@/lib/messages/parts"
import { isUsable } from "@/lib/messages/usable"

/** Stores an answer that replaces another one in its comparison; the replaced one stays as a version. */
export async function storeReplacement(turn: NewTurn, replaced: string): Promise<void> {
  const old = (await openComparison(turn.conversationId, replaced)).find(({ id }) => id === replaced)
  if (!old?.comparisonId || turn.answers.some(({ parentId }) => parentId !== old.parentId)) throw notComparedError()
  const { comparisonId, comparisonPlace } = old
  await storeBeside(turn, { comparisonId, comparisonPlace: comparisonPlace ?? 0 }, async (client) => {
    if (!(await removeFromComparison(client, replaced, comparisonId))) throw notComparedError()
  })
}

/**
 * Stores an answer merged from those compared with `beside`: as an additional one, or in place of an earlier merged
 * one.
 */
export async function storeMerged(turn: NewTurn, beside: string): Promise<void> {
  const compared = await openComparison(turn.conversationId, beside)
  const [first] = compared
  if (!first?.comparisonId || turn.answers.some(({ parentId }) => parentId !== first.parentId)) throw notComparedError()
  const { comparisonId } = first
  const rows = await messagesByIds(
    turn.conversationId,
    compared.map(({ id }) => id),
  )
  const earlier = rows.find(({ merged }) => readMerged(merged))
  if (earlier) return storeReplacement(turn, earlier.id)
  const last = Math.max(...compared.map(({ comparisonPlace }) => comparisonPlace ?? 0))
  await storeBeside(turn, { comparisonId, comparisonPlace: last + 1 }, async (client) => {
    const open = { conversationId: turn.conversationId, comparisonId, decidedAt: null }
    const there = await client.message.findMany({ where: open, select: { comparisonPlace: true } })
    if (there.length === 0) throw notComparedError()
    // They were merged concurrently, maybe by this very request, so the caller looks again.
    if (there.some(({ comparisonPlace }) => (comparisonPlace ?? 0) > last)) throw notComparedError()
  })
}

type Place = Required<Pick<NewTurn["answers"][number], "comparisonId" | "comparisonPlace">>

/** Stores answers at a place of a comparison, after `take` has claimed it in the same transaction. */
const storeBeside = (turn: NewTurn, place: Place, take: (client: Transaction) => Promise<void>): Promise<void> =>
  db().$transaction(async (client) => {
    await beginAnswer(client, turn.conversationId, place.comparisonId, turn.touch)
    await take(client)
    await createTurn(
      client,
      turn.question,
      turn.answers.map((answer) => ({ ...answer, ...place })),
    )
    await createGenerations(client, turn.generations)
    if (turn.taken) await consumeAnswersIn(client, turn.taken)
  })

/**
 * Continues from one of the compared answers: the others become versions of it, and those still being written are
 * stopped. It counts as the better one unless a verdict was given before. Does nothing if one was already kept or
 * continued from. Throws `conversation:not_found`, `message:not_found`, `message:not_usable`.
 */
export async function keepAnswer(userId: string, conversationId: string, messageId: string): Promise<void> {
  const conversation = await findConversation(conversationId, userId)
  if (!conversation) throw conversationNotFound()
  const answer = await findMessage(messageId, userId)
  if (answer?.conversationId !== conversationId || answer.role !== "assistant") throw new AppError("message:not_found")
  const compared = await openComparison(conversationId, messageId)
  const comparisonId = compared[0]?.comparisonId
  if (!comparisonId) return
  if (!isUsable(answer.status, parseParts(answer.parts))) throw new AppError("message:not_usable")
  const ids = compared.map(({ id }) => id)
  const running = await runningGenerations(conversationId, userId)
  await stopAnswers(
    running.filter((generation) => generation.messageId !== messageId && ids.includes(generation.messageId)),
  )
  const rows = await messagesByIds(conversationId, ids)
  const tree = await treeOf(conversationId)
  const { temporary } = conversation
  await db().$transaction(async (client) => {
    await lockConversation(client, conversationId)
    await chooseMessages(client, choicesOn(tree, messageId), choiceTimestamp(tree))
    if (rows.every(({ verdict }) => verdict === null))
      await recordVerdict(client, { userId, comparisonId, rows, outcome: "better", better: messageId, temporary })
    await endComparison(client, conversationId, comparisonId)
    await revealModels(client, comparisonId, answer.parentId)
    await setActiveBranch(client, conversationId, { activeLeafId: messageId, model: answer.model })
  })
}
