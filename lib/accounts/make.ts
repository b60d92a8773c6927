/** Creates an account: from the requesting guest, or a new one. */
import { v7 as uuidv7 } from "uuid"
import { auditAdmin, promoteToAdminIfEligible, requireSignUp, type Wish } from "@/lib/accounts/rules"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import { accountFromGuest, addIdentity, createAccount, type Identity, oneAtATime } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { audit } from "@/lib/operator/audit"

export interface Asked extends Wish {
  name: string | null
  emailVerifiedAt: Date | null
  passwordHash: string | null
  /** The identity asserted by the issuer. */
  identity: Identity | null
  /** The account can't sign in before its address is verified: until then a guest stays a guest. */
  mustConfirm?: boolean
  /** The session of the requesting browser. */
  before: Session | null
  headers: Headers
}

export interface Made {
  id: string
  /** This browser's guest has become the account. */
  becomes: boolean
}

/**
 * Creates the account if the operator's rules allow it. Throws `account:sign_up`, `account:invitation`,
 * `account:taken`.
 */
export async function makeAccount(asked: Asked): Promise<Made> {
  const { name, email, emailVerifiedAt, passwordHash, identity, before, mustConfirm = false } = asked
  const guest = before?.user.guest && !mustConfirm ? before.user.id : null
  const account = { id: guest ?? uuidv7(), name, email, emailVerifiedAt, passwordHash, mustConfirm }
  try {
    const admin = await db().$transaction(async (client) => {
      await oneAtATime(client)
      await requireSignUp(client, account.id, asked)
      if (guest === null) await createAccount(client, account)
      else if (!(await accountFromGuest(client, account))) throw new AppError("auth:required")
      if (identity) await addIdentity(client, uuidv7(), account.id, identity)
      return promoteToAdminIfEligible(client, account)
    })
    await tell(asked, account, admin)
    return { id: account.id, becomes: guest !== null }
  } catch (cause) {
    if (isUniqueViolation(cause)) throw new AppError("account:taken", { cause, details: { field: "email" } })
    throw cause
  }
}

async function tell(
  { issuer, invitation, headers }: Asked,
  { id, name, email }: { id: string; name: string | null; email: string | null },
  admin: boolean,
): Promise<void> {
  const target = { id, name: name ?? email }
  const address = clientAddress(headers, config().trustedProxies) || undefined
  const details = { by: issuer ?? "password", invited: invitation !== null }
  await audit({ actor: target, action: "account.created", target, details, address })
  if (admin) await auditAdmin(target, "first account")
}
