/** Links that work once, for one account. */
import { db, type Transaction } from "@/lib/db/client"

export interface NewLink {
  id: string
  kind: string
  userId: string
  tokenHash: string
  email: string | null
  expiresAt: Date
}

export const addLink = (link: NewLink) => db().oneTimeLink.create({ data: link })

/** Whose link it is and for which address; null when there is none that can be used. */
export const openLink = (kind: string, tokenHash: string, now: Date) =>
  db().oneTimeLink.findFirst({
    where: { kind, tokenHash, usedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { id: true, userId: true, email: true, user: { select: { email: true } } },
  })

/** Of what kind a link is, used or not; null when there is none. */
export const linkKind = async (tokenHash: string): Promise<string | null> =>
  (await db().oneTimeLink.findUnique({ where: { tokenHash }, select: { kind: true } }))?.kind ?? null

/** Uses it up; false when somebody was faster. */
export async function spendLink(client: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await client.oneTimeLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return count === 1
}

/** Takes back what of this kind is still open for somebody. */
export const closeLinks = (client: Transaction, userId: string, kind: string) =>
  client.oneTimeLink.deleteMany({ where: { userId, kind, usedAt: null } })

/** Takes back those to choose a password that were handed over by whoever administers. */
export const closeHandedLinks = () =>
  db().oneTimeLink.deleteMany({ where: { kind: "reset", email: null, usedAt: null } })

/** Removes those that nobody can use any more. */
export const removeSpentLinks = (before: Date) => db().oneTimeLink.deleteMany({ where: { expiresAt: { lt: before } } })
