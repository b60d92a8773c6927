/** One's own account, as its user sees and changes it. */

import { requireRecentSignIn } from "@/lib/accounts/confirm"
import { invitationOf } from "@/lib/accounts/invited"
import type { OwnAccount, OwnSession, SignInMethods } from "@/lib/accounts/types"
import { deviceOf } from "@/lib/auth/device"
import { validateInvitation } from "@/lib/auth/invitations"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { changeName, ownAccount, removeIdentity } from "@/lib/db/people/accounts"
import { liveSessions } from "@/lib/db/people/sessions"
import { AppError } from "@/lib/http/errors"
import { issuerList, normalizeIssuerName } from "@/lib/issuers/issuers"
import { isMailConfigured } from "@/lib/mail/mail"
import { audit } from "@/lib/operator/audit"
import { operatorSettings } from "@/lib/operator/settings"

/** Throws `auth:required` if the user no longer exists. */
export async function ownAccountView(userId: string): Promise<OwnAccount> {
  const account = await ownAccount(userId)
  if (!account) throw new AppError("auth:required")
  const ways = issuerList()
  const { guest, admin, name, email, emailVerifiedAt, passwordHash, accounts } = account
  return {
    ...{ guest, admin, name, email, verified: emailVerifiedAt !== null, hasPassword: passwordHash !== null },
    connected: accounts.flatMap(({ id, provider, email }) => {
      const way = ways.find((known) => known.id === provider)
      return way ? [{ id, way, email }] : []
    }),
    ways: ways.filter(({ id }) => !accounts.some(({ provider }) => provider === id)),
    mail: isMailConfigured(),
    deleteAfterDays: Math.round(config().limits.deleteAccountMs / 86_400_000),
  }
}

/** The sign-in methods available to a request with these headers. */
export async function availableSignInMethods(headers: Headers): Promise<SignInMethods> {
  const { guests, signUp, mailDomains } = await operatorSettings()
  const invitation = invitationOf(headers)
  const invited =
    invitation !== null &&
    (await validateInvitation(invitation).then(
      () => true,
      () => false,
    ))
  return { ways: issuerList(), signUp, invited, guests, mail: isMailConfigured(), mailDomains }
}

/** Changes the name; an empty one removes it. */
export const rename = (userId: string, name: string) => changeName(userId, normalizeIssuerName(name))

/** The valid sessions. */
export async function ownSessions({ id: current, user }: Session): Promise<OwnSession[]> {
  const rows = await liveSessions(user.id)
  return rows.map(({ id, device, address, createdAt, lastSeenAt }) => ({
    ...{ id, current: id === current, address },
    ...deviceOf(device),
    seenAt: (lastSeenAt && lastSeenAt > createdAt ? lastSeenAt : createdAt).toISOString(),
  }))
}

/**
 * Disconnects an issuer. Throws `account:recent`, `account:not_found/sign_in`, and `account:last_way` if nobody could
 * sign in any longer.
 */
export async function disconnect(session: Session, id: string): Promise<void> {
  await requireRecentSignIn(session)
  const { user } = session
  const last = () => new AppError("account:last_way")
  if (!(await removeIdentity(user.id, id, last))) throw new AppError("account:not_found/sign_in")
  const target = { id: user.id, name: user.name ?? user.email ?? null }
  await audit({ actor: target, action: "sign_in.disconnected", target })
}
