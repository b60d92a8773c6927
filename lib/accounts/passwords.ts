/** Changing a password, with the old one or with a link. Both end the other sessions immediately. */
import { confirmOwner } from "@/lib/accounts/confirm"
import { sendVerification, shown } from "@/lib/accounts/verification"
import { networkOfRequest } from "@/lib/auth/attempts"
import { endSessions } from "@/lib/auth/ending"
import { findLink, makeResetLink } from "@/lib/auth/one-time-links"
import { checkNewPassword, hashPassword } from "@/lib/auth/passwords"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { accountByEmail, changePassword, ownAccount, removeIdentities, verifyEmail } from "@/lib/db/people/accounts"
import { consumeLink, revokeOpenLinks } from "@/lib/db/people/one-time-links"
import { revokeSessionRows } from "@/lib/db/people/sessions"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { type Language, languageOf } from "@/lib/i18n/language"
import { logFault } from "@/lib/log"
import { letter } from "@/lib/mail/letters"
import { isMailConfigured, sendMail } from "@/lib/mail/mail"
import { audit } from "@/lib/operator/audit"
import { consumeLimit, HOUR_MS } from "@/lib/throttle/count-times"

/** Maximum number of links per hour to one address, and requested from one network. */
const MAX_LINKS = { most: 5, perMs: HOUR_MS }
const MAX_ASKED = { most: 60, perMs: HOUR_MS }

/**
 * Changes one's own password and ends all other sessions. Throws `account:current_password` for a wrong one, and
 * `account:recent` if there is none yet and the session is more than 15 minutes old.
 */
export async function changeOwnPassword(
  request: Request,
  session: Session,
  { current, password }: { current: string | null; password: string },
): Promise<void> {
  const account = await ownAccount(session.user.id)
  if (!account) throw new AppError("auth:required")
  checkNewPassword(password, account.email)
  await confirmOwner(request, session, current)
  const passwordHash = await hashPassword(password)
  await db().$transaction(async (client) => {
    await changePassword(client, account.id, passwordHash)
    await revokeOpenLinks(client, account.id, "reset")
  })
  await endSessions(account.id, session.id)
  await told("password.changed", account, request.headers)
}

/**
 * Mails a link for choosing a new password to this address, if it has an account. Response and timing are the same if
 * it has none: the work is done afterward. Throws `account:no_mail`, and `limit:reached` in either case.
 */
export async function sendReset(request: Request, email: string): Promise<void> {
  if (!isMailConfigured()) throw new AppError("account:no_mail")
  await consumeLimit("reset asked", networkOfRequest(request.headers), MAX_ASKED)
  await consumeLimit("reset", email, MAX_LINKS)
  void mailReset(email, languageOf(request.headers)).catch((error: unknown) =>
    logFault("email to reset a password", error),
  )
}

async function mailReset(email: string, language: Language): Promise<void> {
  const account = await accountByEmail(email)
  if (!account || account.disabledAt) return
  const { url } = await makeResetLink(account.id, email)
  await sendMail(letter("reset", email, { url, language }))
}

/**
 * Sets a password with the secret of a link, which is used up, and ends all sessions. If this link is the first proof
 * of who owns the address, someone else who only typed it may have created the account: their connected issuers are
 * removed too. Throws `account:link`.
 */
export async function resetPassword(request: Request, secret: string, password: string): Promise<void> {
  const link = await findLink("reset", secret)
  checkNewPassword(password, link.user.email)
  const passwordHash = await hashPassword(password)
  const { userId } = link
  const first = await db().$transaction(async (client) => {
    if (!(await consumeLink(client, link.id, new Date()))) throw new AppError("account:link")
    await changePassword(client, userId, passwordHash)
    await revokeOpenLinks(client, userId, "reset")
    await revokeSessionRows(client, userId, null)
    // It was mailed to this address.
    const known = link.email === null || !(await verifyEmail(client, userId, link.email))?.first
    if (known) return false
    await removeIdentities(client, userId)
    await revokeOpenLinks(client, userId, "verify")
    return true
  })
  // Again, for sessions started with the old password while the new one was being stored.
  await endSessions(userId)
  if (first) await shown(userId)
  const account = await ownAccount(userId)
  if (account) await told("password.reset", account, request.headers)
}

interface Person {
  id: string
  name: string | null
  email: string | null
  emailVerifiedAt: Date | null
}

/** Writes to the audit log, and notifies the user by mail if possible. */
async function told(action: string, { id, name, email, emailVerifiedAt }: Person, headers: Headers): Promise<void> {
  const person = { id, name: name ?? email }
  const address = clientAddress(headers, config().trustedProxies) || undefined
  await audit({ actor: person, action, target: person, address })
  if (!isMailConfigured() || email === null || emailVerifiedAt === null) return
  const url = `${config().address}/forgot`
  void sendMail(letter("changed", email, { url, language: languageOf(headers) })).catch((error: unknown) =>
    logFault("email about a changed password", error),
  )
}

/** Mails the link for verifying one's address again. */
export async function resendVerification(request: Request, userId: string): Promise<void> {
  if (!isMailConfigured()) throw new AppError("account:no_mail")
  await consumeLimit("verify", userId, MAX_LINKS)
  const account = await ownAccount(userId)
  if (account?.email && !account.emailVerifiedAt) sendVerification(userId, account.email, languageOf(request.headers))
}
