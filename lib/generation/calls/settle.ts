/** Gives a waiting answer what one of its calls waits for, and continues the answer when no call waits anymore. */
import type { SessionUser } from "@/lib/auth/sessions"
import { toChatMessage } from "@/lib/chat/messages"
import { tell } from "@/lib/chat/news/news"
import { db, type Transaction } from "@/lib/db/client"
import { runningOfUser } from "@/lib/db/generations"
import { lockEndedMessage, type MessageRow, setParts, treeOf } from "@/lib/db/messages"
import { releaseLeases } from "@/lib/db/tools/leases"
import { busy, checkLimit } from "@/lib/generation/checks"
import { beginAgain, hasBegun, resumeGeneration } from "@/lib/generation/continue"
import { takeGuestAnswers } from "@/lib/generation/guest-budget"
import { waitingCalls } from "@/lib/messages/asked-for"
import { type MessageParts, parseParts } from "@/lib/messages/parts"
import { modelOf } from "@/lib/own-key/payer"
import { requireOffered } from "@/lib/quota/offers"
import { paymentOf, quotaError } from "@/lib/quota/quotas"

interface Settling {
  /** The parts with the new input; null if already stored. Throws when it is no longer asked for. */
  change: (parts: MessageParts) => MessageParts | null
  /** Stored in the same transaction. */
  also?: (client: Transaction) => Promise<void>
}

/**
 * Stores a change of a waiting answer, which the caller has checked. If no call waits afterwards, a generation with
 * this ID continues the answer. Returns how many calls still wait. Throws every limit of an answer.
 */
export async function settle(
  user: SessionUser,
  row: MessageRow,
  generationId: string,
  settling: Settling,
): Promise<{ waiting: number }> {
  const { parts } = toChatMessage(row)
  return waitingCalls(settling.change(parts) ?? parts) > 0
    ? keep(user, row, generationId, settling)
    : goOn(user, row, generationId, settling)
}

/**
 * Other calls still wait. If the last of them is answered concurrently, rolls back and stores the change together with
 * the run that continues.
 */
async function keep(user: SessionUser, row: MessageRow, generationId: string, settling: Settling) {
  const waiting = await db()
    .$transaction(async (client) => {
      const left = waitingCalls(await store(client, row, settling))
      if (left === 0) throw new LastOne()
      return left
    })
    .catch((error: unknown) => {
      if (error instanceof LastOne) return 0
      throw error
    })
  if (waiting === 0) return goOn(user, row, generationId, settling)
  void tell(user.id, row.conversationId, { messageId: row.id, status: "complete" })
  return { waiting }
}

/** Rolls back a transaction. */
class LastOne extends Error {}

async function goOn(user: SessionUser, row: MessageRow, generationId: string, settling: Settling) {
  const generation = { messageId: row.id, generationId }
  checkLimit(await runningOfUser(user.id))
  const model = await modelOf(user.id, row.model ?? undefined)
  await requireOffered(user, model)
  const tree = await treeOf(row.conversationId)
  const { key, taken } = await paymentOf(user, [model])
  const giveBack = await takeGuestAnswers(user, 1)
  let parts: MessageParts
  try {
    parts = await db().$transaction(async (client) => {
      const stored = await store(client, row, settling)
      await releaseLeases(client, row.id)
      await beginAgain(client, row, { user, taken, generationId, model, tree })
      return stored
    })
  } catch (error) {
    giveBack()
    // This generation was started concurrently.
    if (await hasBegun(generation)) return { waiting: 0 }
    throw await quotaError(user, error)
  }
  await resumeGeneration(user, row, { ...toChatMessage(row), parts }, { generationId, model, key })
  return { waiting: 0 }
}

/** The lock makes concurrent changes read what the other has stored. */
async function store(client: Transaction, row: MessageRow, { change, also }: Settling): Promise<MessageParts> {
  if (!(await lockEndedMessage(client, row.id))) throw busy()
  const before = parseParts((await client.message.findUniqueOrThrow({ where: { id: row.id } })).parts)
  const parts = change(before) ?? before
  await setParts(client, row.id, parts)
  await also?.(client)
  return parts
}
