/** Invitations: links by which people make an account where not everybody may. */
import { v7 as uuidv7 } from "uuid"
import { hashOfSecret, newSecret } from "@/lib/auth/one-time-links"
import { config } from "@/lib/config"
import type { Transaction } from "@/lib/db/client"
import { addInvitation, countUse, invitationIsOpen } from "@/lib/db/people/invitations"
import { AppError } from "@/lib/http/errors"

export { allInvitations, revokeInvitationRow as revokeInvitation } from "@/lib/db/people/invitations"

export interface InvitationWish {
  createdById: string | null
  /** What it is for, in the words of who makes it. */
  note?: string | null
  /** How many accounts may be made with it. */
  maxUses?: number
  /** Null: it works until it is used up or revoked. */
  expiresAt?: Date | null
}

/** Makes one. Its address is told this once: the database holds a hash. */
export async function makeInvitation({
  createdById,
  note = null,
  maxUses = 1,
  expiresAt = null,
}: InvitationWish): Promise<{ id: string; url: string }> {
  const [id, secret] = [uuidv7(), newSecret()]
  await addInvitation({ id, tokenHash: hashOfSecret(secret), createdById, note, maxUses, expiresAt })
  return { id, url: `${config().address}/invite#${secret}` }
}

/** Throws `account:invitation` for one that can't be used. Uses nothing up. */
export async function lookAtInvitation(secret: string): Promise<void> {
  if (!(await invitationIsOpen(hashOfSecret(secret), new Date()))) throw new AppError("account:invitation")
}

/** Uses it once, within the transaction that makes the account. Throws `account:invitation`. */
export async function takeInvitation(client: Transaction, secret: string): Promise<void> {
  if (!(await countUse(client, hashOfSecret(secret), new Date()))) throw new AppError("account:invitation")
}
