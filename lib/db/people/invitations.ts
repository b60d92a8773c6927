/** Invitations: a link, how often it may be used, and who created it. */
import { cleanText } from "@/lib/db/clean"
import { db, raw, type Transaction } from "@/lib/db/client"

export interface NewInvitation {
  id: string
  tokenHash: string
  createdById: string | null
  note: string | null
  maxUses: number
  expiresAt: Date | null
}

export const addInvitation = ({ note, ...rest }: NewInvitation) =>
  db().invitation.create({ data: { ...rest, note: note === null ? null : cleanText(note) } })

/** All invitations, newest first. */
export const allInvitations = () =>
  db().invitation.findMany({
    select: {
      ...{ id: true, note: true, maxUses: true, uses: true, createdAt: true, expiresAt: true, revokedAt: true },
      createdBy: { select: { id: true, name: true, email: true } },
    },
    orderBy: { createdAt: "desc" },
  })

/** Whether it can be used now. */
export async function invitationIsOpen(tokenHash: string, now: Date): Promise<boolean> {
  const [row] = await raw().read({
    sql: `SELECT 1 AS "open" FROM "Invitation" WHERE "tokenHash" = ? AND "revokedAt" IS NULL AND "uses" < "maxUses"
      AND ("expiresAt" IS NULL OR "expiresAt" > ?)`,
    values: [tokenHash, now],
  })
  return row !== undefined
}

/** Counts a use; false if it can't be used. Concurrent requests can't exceed the number of uses. */
export async function countInvitationUse(client: Transaction, tokenHash: string, now: Date): Promise<boolean> {
  const { count } = await client.invitation.updateMany({
    where: {
      tokenHash,
      revokedAt: null,
      uses: { lt: client.invitation.fields.maxUses },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    data: { uses: { increment: 1 } },
  })
  return count === 1
}

/** False if there is none that is not revoked. */
export async function revokeInvitationRow(id: string): Promise<boolean> {
  const { count } = await db().invitation.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt: new Date() },
  })
  return count === 1
}
