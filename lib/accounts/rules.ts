/** Who may create an account, and which account becomes an administrator. */

import { addressOf, isInDomains } from "@/lib/addresses"
import { redeemInvitation } from "@/lib/auth/invitations"
import { config } from "@/lib/config"
import { db, type Transaction } from "@/lib/db/client"
import { makeAdminRow, type NewAccount, oneAtATime, otherAccounts } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"
import { isMailConfigured } from "@/lib/mail/mail"
import { audit } from "@/lib/operator/audit"
import { operatorSettings } from "@/lib/operator/settings"

/** The normalized address. Throws `account:email`. */
export function requireEmailAddress(text: string): string {
  const address = addressOf(text)
  if (address === null) throw new AppError("account:email", { details: { field: "email" } })
  return address
}

export interface Wish {
  /** Null if an issuer provided no trusted address. */
  email: string | null
  /** Name of the issuer that asserts the identity; null for a password. */
  issuer: string | null
  /** The secret of an opened invitation link. */
  invitation: string | null
}

/**
 * Rejects sign-ups that the operator doesn't allow, within the transaction that creates the account, with
 * `account:sign_up` or `account:invitation`. An invitation is used up only if one is required. `ADMIN_EMAIL` may always
 * create the first account: someone has to be able to let the others in.
 */
export async function requireSignUp(client: Transaction, id: string, wish: Wish): Promise<void> {
  const { signUp, mailDomains } = await operatorSettings()
  const { adminEmail } = config().accounts
  if (adminEmail !== null && wish.email === adminEmail && (await otherAccounts(client, id)) === 0) return
  checkDomain(wish, mailDomains)
  if (signUp === "closed") throw new AppError("account:sign_up/closed")
  if (signUp === "sso" && wish.issuer === null) throw new AppError("account:sign_up/sso")
  if (signUp !== "invited") return
  if (wish.invitation === null) throw new AppError("account:sign_up/invited")
  await redeemInvitation(client, wish.invitation)
}

/**
 * Whether an account created with a typed address can sign in only after verifying it: if sign-up is open to some mail
 * domains. Never for the first account, which sets up the others.
 */
export async function requiresVerificationFirst(): Promise<boolean> {
  const { signUp, mailDomains } = await operatorSettings()
  return isMailConfigured() && signUp === "open" && mailDomains.length > 0 && (await otherAccounts(db(), "")) > 0
}

function checkDomain({ email, issuer }: Wish, mailDomains: string[]): void {
  if (mailDomains.length === 0 || (email !== null && isInDomains(email, mailDomains))) return
  const domains = { list: mailDomains, as: "or" as const }
  if (email === null && issuer !== null)
    throw new AppError("account:sign_up/unverified", { values: { issuer, domains } })
  throw new AppError("account:sign_up/domain", { values: { domains }, details: { field: "email" } })
}

/**
 * Makes the first account an administrator; if `ADMIN_EMAIL` is set, only the account with that address: as the first
 * account, or once the address is verified. Runs in the transaction that created or verified it. True if it became one.
 */
export async function promoteToAdminIfEligible(
  client: Transaction,
  { id, email, emailVerifiedAt }: Pick<NewAccount, "id" | "email" | "emailVerifiedAt">,
): Promise<boolean> {
  const { adminEmail } = config().accounts
  if (adminEmail !== null && email !== adminEmail) return false
  if (adminEmail === null || emailVerifiedAt === null) {
    await oneAtATime(client)
    if ((await otherAccounts(client, id)) > 0) return false
  }
  const { count } = await makeAdminRow(client, id)
  return count === 1
}

/** For an account whose address has just been verified. */
export async function promoteVerifiedAdmin(user: { id: string; name: string | null; email: string }): Promise<void> {
  if (config().accounts.adminEmail === null) return
  const made = await promoteToAdminIfEligible(db(), { ...user, emailVerifiedAt: new Date() })
  if (made) await auditAdmin({ id: user.id, name: user.name ?? user.email }, "ADMIN_EMAIL")
}

export const auditAdmin = (target: { id: string; name: string | null }, why: string): Promise<void> =>
  audit({ actor: null, action: "admin.made", target, details: { why } })
