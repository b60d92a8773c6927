/** What a person says of answers that are compared: which one is better, or that they are alike. */
import { conversationNotFound } from "@/lib/chat/conversations"
import { readMerged } from "@/lib/chat/messages"
import type { VerdictRequest } from "@/lib/chat/requests"
import { choicesOn, momentOfChoice } from "@/lib/chat/tree"
import { db, type Transaction } from "@/lib/db/client"
import { findConversation, holdConversation, showBranch } from "@/lib/db/conversations"
import {
  chooseMessages,
  isJudged,
  type MessageRow,
  messagesByIds,
  reopenComparison,
  setVerdict,
  tellNames,
  treeOf,
} from "@/lib/db/messages"
import { keepChoice, takeChoice } from "@/lib/db/model-choices"
import { busy } from "@/lib/generation/checks"
import { notCompared, openComparison } from "@/lib/generation/comparison"
import { AppError } from "@/lib/http/errors"
import { parseParts } from "@/lib/messages/parts"
import { isUsable } from "@/lib/messages/usable"

interface Judged {
  userId: string
  comparisonId: string
  /** All that were compared. */
  rows: MessageRow[]
  outcome: "better" | "tie" | "bad"
  /** The one that is better. */
  better: string | null
  /** Nothing of the conversation is kept, this neither. */
  temporary: boolean
}

/**
 * Notes how the answers came off, and counts it for their models. Those that failed or are empty take no part, nor does
 * one that was merged; where fewer than two models are left nothing counts.
 */
export async function noteVerdict(client: Transaction, judged: Judged): Promise<void> {
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
  await keepChoice(client, { userId, comparisonId, blind, models, winner: winner?.model ?? null, outcome })
}

/**
 * Says how the answers that are compared came off, which stay where they are; whose they are is told from now on. Said
 * once it stays so, until it is taken back (`none`). Throws `conversation:busy` while one is being written,
 * `message:not_compared`, `message:not_usable`.
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
  if (!comparisonId) throw notCompared()
  const ids = compared.map(({ id }) => id)
  const rows = await messagesByIds(conversationId, ids)
  const questionId = rows[0]?.parentId ?? null
  if (outcome === "none") {
    await db().$transaction(async (client) => {
      await holdConversation(client, conversationId)
      await takeChoice(client, userId, comparisonId)
      await setVerdict(client, ids, null)
      await tellNames(client, comparisonId, questionId)
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
    await holdConversation(client, conversationId)
    // Another tab was faster.
    if (await isJudged(client, ids)) return
    await noteVerdict(client, { userId, comparisonId, rows, outcome, better, temporary })
    await tellNames(client, comparisonId, questionId)
  })
}

/**
 * Takes back that an answer was kept: all are compared again, and what was counted by it counts no more. What was said
 * before the names were told stays. Throws `message:not_compared` where one has gone on since.
 */
export async function reopenAnswers(userId: string, conversationId: string, messageId: string): Promise<void> {
  const conversation = await findConversation(conversationId, userId)
  if (!conversation) throw conversationNotFound()
  await db().$transaction(async (client) => {
    // A turn may have begun since somebody asked for this: it is seen here, or waits.
    if (await holdConversation(client, conversationId)) throw busy()
    const tree = await treeOf(conversationId, client)
    const kept = tree.find(({ id }) => id === messageId)
    const comparisonId = kept?.decidedAt ? kept.comparisonId : null
    if (!comparisonId) throw notCompared()
    const ids = tree.filter((message) => message.comparisonId === comparisonId).map(({ id }) => id)
    if (tree.some(({ parentId }) => parentId !== null && ids.includes(parentId))) throw notCompared()
    if (!(await reopenComparison(client, conversationId, comparisonId))) throw notCompared()
    if (await takeChoice(client, userId, comparisonId, false)) await setVerdict(client, ids, null)
    await chooseMessages(client, choicesOn(tree, messageId), momentOfChoice(tree))
    await showBranch(client, conversationId, { activeLeafId: messageId, model: conversation.model })
  })
}
