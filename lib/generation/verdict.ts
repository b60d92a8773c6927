/** The user's verdict on compared answers: which one is better, or that they are equal. */
import { conversationNotFound } from "@/lib/chat/conversations"
import { readMerged } from "@/lib/chat/messages"
import type { VerdictRequest } from "@/lib/chat/requests"
import { choicesOn, choiceTimestamp } from "@/lib/chat/tree"
import { db, type Transaction } from "@/lib/db/client"
import { findConversation, lockConversation, setActiveBranch } from "@/lib/db/conversations"
import {
  chooseMessages,
  isJudged,
  type MessageRow,
  messagesByIds,
  reopenComparison,
  revealModels,
  setVerdict,
  treeOf,
} from "@/lib/db/messages"
import { saveModelChoice, takeChoice } from "@/lib/db/model-choices"
import { busy } from "@/lib/generation/checks"
import { notComparedError, openComparison } from "@/lib/generation/comparison"
import { AppError } from "@/lib/http/errors"
import { parseParts } from "@/lib/messages/parts"
import { isUsable } from "@/lib/messages/usable"

interface Judged {
  userId: string
  comparisonId: string
  /** All compared answers. */
  rows: MessageRow[]
  outcome: "better" | "tie" | "bad"
  /** ID of the better one. */
  better: string | null
  /** Nothing of a temporary conversation is kept, including this. */
  temporary: boolean
}

/**
 * Stores the verdict on the answers and counts it for their models. Failed, empty, and merged answers are excluded;
 * with fewer than two models left, nothing is counted.
 */
export async function recordVerdict(client: Transaction, judged: Judged): Promise<void> {
  const { userId, comparisonId, rows, outcome, better, temporary } = judged
  const part = rows.filter(
    ({ id, status, parts, merged }) => !readMerged(merged) && (id === better || isUsable(status, parseParts(parts))),
  )
  const winner = part.find(({ id }) => id === better)
  if (outcome === "better" && !winner) return
  const others = part.filter((row) => row !== winner).map(({ id }) => id)
  if (winner) await setVerdict(client, [winner.id], "better")
  await setVerdict(client, others, outcome === "better" ? "worse" : outcome)
  const models = [...new Set(part.flatMap(({ model }) => model ?? []))]
  if (temporary || models.length < 2) return
  const blind = rows.some((row) => row.blind)
  await saveModelChoice(client, { userId, comparisonId, blind, models, winner: winner?.model ?? null, outcome })
}

/**
 * Stores a verdict on the compared answers, which stay as they are; reveals their models. A verdict is final until
 * withdrawn (`none`). Throws `conversation:busy` while one is being written, `message:not_compared`,
 * `message:not_usable`.
 */
export async function judgeAnswers(
  userId: string,
  conversationId: string,
  { of, outcome }: VerdictRequest,
): Promise<void> {
  const conversation = await findConversation(conversationId, userId)
  if (!conversation) throw conversationNotFound()
  const compared = await openComparison(conversationId, of)
  const comparisonId = compared[0]?.comparisonId
  if (!comparisonId) throw notComparedError()
  const ids = compared.map(({ id }) => id)
  const rows = await messagesByIds(conversationId, ids)
  const questionId = rows[0]?.parentId ?? null
  if (outcome === "none") {
    await db().$transaction(async (client) => {
      await lockConversation(client, conversationId)
      await takeChoice(client, userId, comparisonId)
      await setVerdict(client, ids, null)
      await revealModels(client, comparisonId, questionId)
    })
    return
  }
  if (rows.some(({ status }) => status === "streaming")) throw busy()
  if (rows.some(({ verdict }) => verdict !== null)) return
  const named = rows.find(({ id }) => id === of)
  if (outcome === "better" && (!named || readMerged(named.merged) || !isUsable(named.status, parseParts(named.parts))))
    throw new AppError("message:not_usable")
  const { temporary } = conversation
  const better = outcome === "better" ? of : null
  await db().$transaction(async (client) => {
    await lockConversation(client, conversationId)
    // Another tab was faster.
    if (await isJudged(client, ids)) return
    await recordVerdict(client, { userId, comparisonId, rows, outcome, better, temporary })
    await revealModels(client, comparisonId, questionId)
  })
}

/**
 * Undoes keeping an answer: all are compared again, and what was counted because of it no longer counts. A verdict
 * given before the names were revealed stays. Throws `message:not_compared` if one has been continued from since.
 */
export async function reopenAnswers(userId: string, conversationId: string, messageId: string): Promise<void> {
  const conversation = await findConversation(conversationId, userId)
  if (!conversation) throw conversationNotFound()
  await db().$transaction(async (client) => {
    // Another turn may have started since the request: it is seen here, or waits for the lock.
    if (await lockConversation(client, conversationId)) throw busy()
    const tree = await treeOf(conversationId, client)
    const kept = tree.find(({ id }) => id === messageId)
    const comparisonId = kept?.decidedAt ? kept.comparisonId : null
    if (!comparisonId) throw notComparedError()
    const ids = tree.filter((message) => message.comparisonId === comparisonId).map(({ id }) => id)
    if (tree.some(({ parentId }) => parentId !== null && ids.includes(parentId))) throw notComparedError()
    if (!(await reopenComparison(client, conversationId, comparisonId))) throw notComparedError()
    if (await takeChoice(client, userId, comparisonId, false)) await setVerdict(client, ids, null)
    await chooseMessages(client, choicesOn(tree, messageId), choiceTimestamp(tree))
    await setActiveBranch(client, conversationId, { activeLeafId: messageId, model: conversation.model })
  })
}
