/** Invitations: links for creating an account where sign-up isn't open. */
import { v7 as uuidv7 } from "uuid"
import { hashOfSecret, newSecret } from "@/lib/auth/one-time-links"
import { config } from "@/lib/config"
import type { Transaction } from "@/lib/db/client"
import { addInvitation, countInvitationUse, invitationIsOpen } from "@/lib/db/people/invitations"
import { AppError } from "@/lib/http/errors"

export { allInvitations, revokeInvitationRow as revokeInvitation } from "@/lib/db/people/invitations"

export interface InvitationRequest {
  createdById: string | null
  /** A note about its purpose, by its creator. */
  note?: string | null
  /** How many accounts can be created with it. */
  maxUses?: number
  /** Null: it is valid until used up or revoked. */
  expiresAt?: Date | null
}

/** Creates one. Its URL is returned only now: the database stores a hash. */
export async function makeInvitation({
  createdById,
  note = null,
  maxUses = 1,
  expiresAt = null,
}: InvitationRequest): Promise<{ id: string; url: string }> {
  const [id, secret] = [uuidv7(), newSecret()]
  await addInvitation({ id, tokenHash: hashOfSecret(secret), createdById, note, maxUses, expiresAt })
  return { id, url: `${config().address}/invite#${secret}` }
}

/** Throws `account:invitation` if it can't be used. Doesn't use it up. */
export async function validateInvitation(secret: string): Promise<void> {
  if (!(await invitationIsOpen(hashOfSecret(secret), new Date()))) throw new AppError("account:invitation")
}

/** Uses it once, within the transaction that creates the account. Throws `account:invitation`. */
export async function redeemInvitation(client: Transaction, secret: string): Promise<void> {
  if (!(await countInvitationUse(client, hashOfSecret(secret), new Date()))) throw new AppError("account:invitation")
}
