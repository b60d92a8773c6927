/** What a person says of a call that waits for them: it runs, or it doesn't, and the answer goes on. */

import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news/news"
import type { ApprovalRequest } from "@/lib/chat/requests"
import { db, type Transaction } from "@/lib/db/client"
import { runningOfUser } from "@/lib/db/generations"
import { hasFollowers, lockEnded, type MessageRow, setParts, treeOf } from "@/lib/db/messages"
import { busy, checkLimit, checkRunning } from "@/lib/generation/checks"
import { beginAgain, hasBegun, ownAnswer, startAgain } from "@/lib/generation/continue"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { AppError } from "@/lib/http/errors"
import { askedFor } from "@/lib/messages/asked-for"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"
import { paymentOf, quotaError } from "@/lib/quota/quotas"

/**
 * Keeps what the person says of one call. When no other call of the answer waits, a second generation runs what was
 * allowed and goes on. The same request again changes nothing. Returns how many calls still wait. Throws `AppError`s: not
 * found for what belongs to someone else, `message:not_asking`, and every limit of an answer.
 */
export async function answerApproval(
  user: SessionUser,
  conversationId: string,
  request: ApprovalRequest,
): Promise<{ waiting: number }> {
  checkRunning()
  const row = await ownAnswer(user, conversationId, request.messageId)
  if (await hasBegun(request)) return { waiting: 0 }
  const message = toChatMessage(row)
  if (await hasFollowers(conversationId, row.id)) throw new AppError("message:not_asking")
  const said = withAnswer(message.parts, request)
  if (said === null) return { waiting: askedFor(message.parts) }
  return askedFor(said) > 0 ? keep(user, row, request) : goOn(user, row, request)
}

/** Others wait still. Where the other one was answered at the same moment, nothing is kept but with the run that goes on. */
async function keep(user: SessionUser, row: MessageRow, request: ApprovalRequest): Promise<{ waiting: number }> {
  const waiting = await db()
    .$transaction(async (client) => {
      const left = askedFor(await store(client, row, request))
      if (left === 0) throw new LastOne()
      return left
    })
    .catch((error: unknown) => {
      if (error instanceof LastOne) return 0
      throw error
    })
  if (waiting === 0) return goOn(user, row, request)
  void tell(user.id, row.conversationId, { messageId: row.id, status: "complete" })
  return { waiting }
}

/** Takes a transaction back. */
class LastOne extends Error {}

async function goOn(user: SessionUser, row: MessageRow, request: ApprovalRequest): Promise<{ waiting: number }> {
  const { generationId } = request
  checkLimit(await runningOfUser(user.id))
  const model = await modelOf(user.id, row.model ?? undefined)
  await requireOffered(user, model)
  const tree = await treeOf(row.conversationId)
  const { key, taken } = await paymentOf(user, [model])
  const giveBack = await takeGuestAnswers(user, 1)
  let parts: MessageParts
  try {
    parts = await db().$transaction(async (client) => {
      const stored = await store(client, row, request)
      await beginAgain(client, row, { user, taken, generationId, model, tree })
      return stored
    })
  } catch (error) {
    giveBack()
    // Somebody started this very generation in between.
    if (await hasBegun(request)) return { waiting: 0 }
    throw await quotaError(user, error)
  }
  await startAgain(user, row, { ...toChatMessage(row), parts }, { generationId, model, key })
  return { waiting: 0 }
}

/** Of two that answer at once, one reads what the other has stored. */
async function store(client: Transaction, row: MessageRow, request: ApprovalRequest): Promise<MessageParts> {
  if (!(await lockEnded(client, row.id))) throw busy()
  const before = parseParts((await client.message.findUniqueOrThrow({ where: { id: row.id } })).parts)
  const parts = withAnswer(before, request) ?? before
  await setParts(client, row.id, parts)
  return parts
}

/** The parts with what was said; null when it was said before. Throws when nobody is asked, or it was said otherwise. */
function withAnswer(
  parts: MessageParts,
  { approvalId, approved, reason }: Pick<ApprovalRequest, "approvalId" | "approved" | "reason">,
): MessageParts | null {
  const asking = parts.find((part) => "toolCallId" in part && part.approval?.id === approvalId)
  if (!asking || !("toolCallId" in asking)) throw new AppError("message:not_asking")
  if (asking.state !== "approval-requested") {
    if (asking.approval?.approved === approved) return null
    throw new AppError("message:not_asking")
  }
  const approval = { ...asking.approval, approved, ...(reason && { reason }) }
  return parseParts(parts.map((part) => (part === asking ? { ...part, state: "approval-responded", approval } : part)))
}
