/** Accounts of an address and a password: made, signed in to. */
import { enterResponse } from "@/lib/accounts/enter"
import { invitationOf, noInvitationCookie } from "@/lib/accounts/invited"
import { makeAccount } from "@/lib/accounts/make"
import { sendVerification } from "@/lib/accounts/verification"
import { addressOf } from "@/lib/addresses"
import { type Attempt, beginAttempt, countTimes, networkOfRequest } from "@/lib/auth/attempts"
import { knownBrowser, knownCookie } from "@/lib/auth/known-browser"
import { checkNewPassword, hashPassword, isPassword, PASSWORD_MAX } from "@/lib/auth/passwords"
import { sessionOfRequest } from "@/lib/auth/session"
import { accountByEmail } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"
import { languageOf } from "@/lib/i18n/language"
import { tidyName } from "@/lib/issuers/issuers"
import { audit } from "@/lib/operator/audit"

/** Accounts that one network may make or try to make in an hour. */
const MOST_SIGN_UPS = 60
const HOUR_MS = 60 * 60_000

/** The address as it is kept. Throws `account:email`. */
export function requireAddress(text: string): string {
  const address = addressOf(text)
  if (address === null) throw new AppError("account:email", { details: { field: "email" } })
  return address
}

/** Makes an account and signs in to it. */
export async function signUp(
  request: Request,
  { email: typed, password, name }: { email: string; password: string; name: string | null },
): Promise<Response> {
  const email = requireAddress(typed)
  checkNewPassword(password, email)
  countTimes(`sign-up ${networkOfRequest(request.headers)}`, MOST_SIGN_UPS, HOUR_MS)
  const made = await makeAccount({
    ...{
      email,
      name: name === null ? null : tidyName(name),
      identity: null,
      issuer: null,
      emailVerifiedAt: null,
      headers: request.headers,
    },
    invitation: invitationOf(request.headers),
    passwordHash: await hashPassword(password),
    before: await sessionOfRequest(request),
  })
  sendVerification(made.id, email, languageOf(request.headers))
  const cookies = [knownCookie(email), noInvitationCookie()]
  return enterResponse(request, made.id, { becomes: made.becomes, cookies })
}

/**
 * Signs in. Throws `account:credentials` in the same time whether there is such an account or not, `account:off` to who knows
 * the password only, `limit:reached` with the time to wait, and `account:busy`.
 */
export async function signIn(request: Request, given: { email: string; password: string }): Promise<Response> {
  const email = requireAddress(given.email)
  const network = networkOfRequest(request.headers)
  const attempt = beginAttempt({ account: email, network, browser: knownBrowser(request.headers, email) })
  const account = await accountByEmail(email)
  const right =
    given.password.length <= PASSWORD_MAX * 2 && (await isPassword(given.password, account?.passwordHash ?? null))
  if (!account || !right) {
    await noteGuessing(attempt, email, network)
    throw new AppError("account:credentials", { details: { field: "password" } })
  }
  attempt.succeeded()
  if (account.disabledAt) throw new AppError("account:off")
  return enterResponse(request, account.id, { passwordHash: account.passwordHash, cookies: [knownCookie(email)] })
}

async function noteGuessing({ noteworthy }: Attempt, email: string, network: string): Promise<void> {
  if (!noteworthy) return
  const account = await accountByEmail(email)
  // What somebody typed is no name of anybody.
  if (account)
    await audit({
      actor: null,
      action: "sign_in.limited",
      target: { id: account.id, name: account.name ?? account.email },
      address: network,
    })
}
