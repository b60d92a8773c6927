/** Which page runs a call. */
import { db, type Transaction } from "@/lib/db/client"

interface Call {
  messageId: string
  toolCallId: string
}

/** Takes or renews the lease of a call. False if another page holds it. */
export async function acquireLease({ messageId, toolCallId }: Call, holder: string, ms: number): Promise<boolean> {
  const now = Date.now()
  const leaseUntil = new Date(now + ms)
  const free = { OR: [{ holder }, { leaseUntil: { lt: new Date(now) } }] }
  const renew = () =>
    db().toolLease.updateMany({ where: { messageId, toolCallId, ...free }, data: { holder, leaseUntil } })
  if ((await renew()).count === 1) return true
  const made = await db()
    .toolLease.create({ data: { messageId, toolCallId, holder, leaseUntil } })
    .catch(() => null)
  return made !== null
}

/** Whether a different page runs the call. */
export async function isLeaseHeldElsewhere(
  { messageId, toolCallId }: Call,
  holder: string,
  client: Transaction = db(),
) {
  const lease = await client.toolLease.findUnique({ where: { messageId_toolCallId: { messageId, toolCallId } } })
  return lease !== null && lease.holder !== holder && lease.leaseUntil > new Date()
}

/** Ends all leases of this message's calls. */
export const releaseLeases = (client: Transaction, messageId: string) =>
  client.toolLease.deleteMany({ where: { messageId } })
