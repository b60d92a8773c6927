/** Changing an account's address: by its owner, who proves to own the new one, or by an administrator. */
import { requireRecentSignIn } from "@/lib/accounts/confirm"
import { requireEmailAddress } from "@/lib/accounts/rules"
import { sendVerification, shown } from "@/lib/accounts/verification"
import { isInDomains } from "@/lib/addresses"
import { findLink, makeChangeLink } from "@/lib/auth/one-time-links"
import type { Session } from "@/lib/auth/sessions"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import { accountByEmail, changeEmail, ownAccount } from "@/lib/db/people/accounts"
import { consumeLink, revokeOpenLinks } from "@/lib/db/people/one-time-links"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { type Language, languageOf } from "@/lib/i18n/language"
import { logFault } from "@/lib/log"
import { letter } from "@/lib/mail/letters"
import { isMailConfigured, sendMail } from "@/lib/mail/mail"
import { audit } from "@/lib/operator/audit"
import { operatorSettings } from "@/lib/operator/settings"
import { consumeLimit, HOUR_MS } from "@/lib/throttle/count-times"

/** Maximum number of links per account and hour. */
const MAX_LINKS = { most: 5, perMs: HOUR_MS }

const taken = (cause?: unknown) => new AppError("account:taken/other", { cause, details: { field: "email" } })

/**
 * Mails a link to the new address, which takes effect when the link is opened. Throws `account:recent`,
 * `account:no_mail`, `account:email`, `account:taken`, `account:sign_up`, `limit:reached`.
 */
export async function requestEmailChange(request: Request, session: Session, typed: string): Promise<void> {
  await requireRecentSignIn(session)
  if (!isMailConfigured()) throw new AppError("account:no_mail/change")
  const email = requireEmailAddress(typed)
  const { id } = session.user
  await consumeLimit("change of address", id, MAX_LINKS)
  const { mailDomains } = await operatorSettings()
  if (mailDomains.length > 0 && !isInDomains(email, mailDomains))
    throw new AppError("account:sign_up/domain", {
      values: { domains: { list: mailDomains, as: "or" } },
      details: { field: "email" },
    })
  if (await accountByEmail(email)) throw taken()
  const { url } = await makeChangeLink(id, email)
  await sendMail(letter("change", email, { url, language: languageOf(request.headers) })).catch((cause: unknown) => {
    logFault("email to change an address", cause)
    throw new AppError("account:no_mail/failed", { cause })
  })
}

/**
 * Redeems the secret of this link. `asker`: the user signed in where it is opened; it must be the account itself,
 * otherwise someone receiving the mail because of a typo would get the account. Throws `account:link`, `account:taken`.
 */
export async function confirmEmailChange(request: Request, secret: string, asker: string | null): Promise<void> {
  const { id, userId, email } = await findLink("change", secret)
  if (email === null) throw new AppError("account:link")
  if (asker !== userId) throw new AppError("account:link/change")
  const before = await ownAccount(userId)
  await store(userId, email, { verifiedAt: new Date(), linkId: id })
  await shown(userId)
  if (before) await tell(before, email, { headers: request.headers, actor: before })
}

/**
 * The same by an administrator: the address is then unverified. Throws `account:email`, `account:taken`,
 * `person:guest`.
 */
export async function setEmail(userId: string, typed: string, language: Language): Promise<string> {
  const email = requireEmailAddress(typed)
  const before = await ownAccount(userId)
  if (!before || before.guest) throw new AppError("person:guest/email")
  if (before.email === email) return email
  await store(userId, email, { verifiedAt: null, linkId: null })
  sendVerification(userId, email, language)
  mailOld(before, email, language)
  return email
}

async function store(
  userId: string,
  email: string,
  { verifiedAt, linkId }: { verifiedAt: Date | null; linkId: string | null },
): Promise<void> {
  try {
    await db().$transaction(async (client) => {
      if (linkId !== null && !(await consumeLink(client, linkId, new Date()))) throw new AppError("account:link")
      await changeEmail(client, userId, { email, verifiedAt })
      // Links mailed to the old address no longer work.
      for (const kind of ["verify", "change", "reset"]) await revokeOpenLinks(client, userId, kind)
    })
  } catch (cause) {
    throw isUniqueViolation(cause) ? taken(cause) : cause
  }
}

interface Before {
  id: string
  name: string | null
  email: string | null
  emailVerifiedAt: Date | null
}

async function tell(before: Before, email: string, { headers, actor }: { headers: Headers; actor: Before }) {
  const target = { id: before.id, name: before.name ?? email }
  const address = clientAddress(headers, config().trustedProxies) || undefined
  await audit({
    ...{ actor: { id: actor.id, name: actor.name ?? email }, action: "account.email_changed", target, address },
    details: { from: before.email, to: email },
  })
  mailOld(before, email, languageOf(headers))
}

/** Notifies the old address, if it was verified. */
function mailOld({ email: old, emailVerifiedAt }: Before, email: string, language: Language): void {
  if (!isMailConfigured() || old === null || emailVerifiedAt === null) return
  const mail = letter("moved", old, { url: config().address, language, email })
  void sendMail(mail).catch((error: unknown) => logFault("email about a changed address", error))
}
