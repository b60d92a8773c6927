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

/** The user and email address of a link; null if there is none that can be used. */
export const openLink = (kind: string, tokenHash: string, now: Date) =>
  db().oneTimeLink.findFirst({
    where: { kind, tokenHash, usedAt: null, expiresAt: { gt: now }, user: { disabledAt: null } },
    select: { id: true, userId: true, email: true, user: { select: { email: true } } },
  })

/** The kind of a link, used or not; null if there is none. */
export const linkKind = async (tokenHash: string): Promise<string | null> =>
  (await db().oneTimeLink.findUnique({ where: { tokenHash }, select: { kind: true } }))?.kind ?? null

/** Uses it up; false if someone else was faster. */
export async function consumeLink(client: Transaction, id: string, now: Date): Promise<boolean> {
  const { count } = await client.oneTimeLink.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  })
  return count === 1
}

/** Revokes a user's open links of this kind. */
export const revokeOpenLinks = (client: Transaction, userId: string, kind: string) =>
  client.oneTimeLink.deleteMany({ where: { userId, kind, usedAt: null } })

/** Revokes open links for choosing a password that an administrator handed out. */
export const revokeHandedOutLinks = () =>
  db().oneTimeLink.deleteMany({ where: { kind: "reset", email: null, usedAt: null } })

/** Removes links that can no longer be used. */
export const removeSpentLinks = (before: Date) => db().oneTimeLink.deleteMany({ where: { expiresAt: { lt: before } } })
