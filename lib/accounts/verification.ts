/** Verifying an address by a link mailed to it. */
import { promoteVerifiedAdmin } from "@/lib/accounts/rules"
import { findLink, makeVerifyLink } from "@/lib/auth/one-time-links"
import { config } from "@/lib/config"
import { db } from "@/lib/db/client"
import { ownAccount, verifyEmail } from "@/lib/db/people/accounts"
import { consumeLink, revokeOpenLinks } from "@/lib/db/people/one-time-links"
import { AppError } from "@/lib/http/errors"
import type { Language } from "@/lib/i18n/language"
import { logFault } from "@/lib/log"
import { letter } from "@/lib/mail/letters"
import { isMailConfigured, sendMail } from "@/lib/mail/mail"

/** Sends the link in the background; does nothing if mail can't be sent. */
export function sendVerification(userId: string, email: string, language: Language): void {
  if (!isMailConfigured()) return
  const send = async () => {
    const { url } = await makeVerifyLink(userId, email)
    await sendMail(letter("verify", email, { url, language }))
  }
  void send().catch((error: unknown) => logFault("email to confirm an address", error))
}

/**
 * Redeems the secret of this link. `asker`: the user signed in where it is opened. If the address belongs to the
 * administrator, it must be the account itself: the address's owner must not make someone an administrator who merely
 * typed it. Throws `account:link`.
 */
export async function verifyAddress(secret: string, asker: string | null): Promise<void> {
  const { id, userId, email } = await findLink("verify", secret)
  if (email !== null && email === config().accounts.adminEmail && asker !== userId)
    throw new AppError("account:link/sign_in")
  await db().$transaction(async (client) => {
    // The account may have another address by now.
    const done =
      email !== null && (await consumeLink(client, id, new Date())) && (await verifyEmail(client, userId, email))
    if (!done) throw new AppError("account:link")
    await revokeOpenLinks(client, userId, "verify")
  })
  await shown(userId)
}

/** Consequences of an address having just been verified. */
export async function shown(userId: string): Promise<void> {
  const account = await ownAccount(userId)
  if (account?.email && account.emailVerifiedAt) await promoteVerifiedAdmin({ ...account, email: account.email })
}
