/** Accounts with an address and a password: sign up, sign in. */
import { signInResponse } from "@/lib/accounts/enter"
import { invitationOf, noInvitationCookie } from "@/lib/accounts/invited"
import { makeAccount } from "@/lib/accounts/make"
import { requireEmailAddress, requiresVerificationFirst } from "@/lib/accounts/rules"
import { sendVerification } from "@/lib/accounts/verification"
import { type Attempt, beginAttempt, networkOfRequest } from "@/lib/auth/attempts"
import { knownBrowser, knownBrowserCookie } from "@/lib/auth/known-browser"
import { checkNewPassword, hashPassword, isPassword, PASSWORD_MAX } from "@/lib/auth/passwords"
import { sessionOfRequest } from "@/lib/auth/session"
import { accountByEmail } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"
import { type Language, languageOf } from "@/lib/i18n/language"
import { normalizeIssuerName } from "@/lib/issuers/issuers"
import { isMailConfigured } from "@/lib/mail/mail"
import { countSignInFailure } from "@/lib/observe/meters"
import { audit } from "@/lib/operator/audit"
import { consumeLimit, HOUR_MS } from "@/lib/throttle/count-times"

/** Maximum number of links per address and hour. */
const MAX_LINKS = { most: 5, perMs: HOUR_MS }
/** Maximum number of accounts that one network may create, or try to create, per hour. */
const MAX_SIGN_UPS = { most: 60, perMs: HOUR_MS }

/**
 * Creates an account and signs in to it; if its address has to be verified first, responds with `{confirm: true}`
 * instead.
 */
export async function signUp(
  request: Request,
  { email: typed, password, name }: { email: string; password: string; name: string | null },
): Promise<Response> {
  const email = requireEmailAddress(typed)
  checkNewPassword(password, email)
  await consumeLimit("sign-up", networkOfRequest(request.headers), MAX_SIGN_UPS)
  const mustConfirm = await requiresVerificationFirst()
  const made = await makeAccount({
    ...{
      email,
      name: name === null ? null : normalizeIssuerName(name),
      identity: null,
      issuer: null,
      emailVerifiedAt: null,
      headers: request.headers,
    },
    invitation: invitationOf(request.headers),
    passwordHash: await hashPassword(password),
    ...{ mustConfirm, before: await sessionOfRequest(request) },
  })
  sendVerification(made.id, email, languageOf(request.headers))
  if (mustConfirm) return Response.json({ confirm: true }, { status: 201 })
  const cookies = [knownBrowserCookie(email), noInvitationCookie()]
  return signInResponse(request, made.id, { becomes: made.becomes, cookies })
}

/**
 * Signs in. Throws `account:credentials` after the same time whether or not the account exists, `account:off` only if
 * the password is correct, `account:unconfirmed` likewise, `limit:reached` with the time to wait, and `account:busy`.
 */
export async function signIn(request: Request, given: { email: string; password: string }): Promise<Response> {
  const email = requireEmailAddress(given.email)
  const network = networkOfRequest(request.headers)
  const attempt = await beginAttempt({ account: email, network, browser: knownBrowser(request.headers, email) })
  const account = await accountByEmail(email)
  const right =
    given.password.length <= PASSWORD_MAX * 2 && (await isPassword(given.password, account?.passwordHash ?? null))
  if (!account || !right) {
    countSignInFailure("password")
    await noteGuessing(attempt, email, network)
    throw new AppError("account:credentials", { details: { field: "password" } })
  }
  await attempt.succeeded()
  if (account.disabledAt) throw new AppError("account:off")
  if (account.mustConfirm && isMailConfigured()) await sendAgain(account.id, email, languageOf(request.headers))
  return signInResponse(request, account.id, {
    passwordHash: account.passwordHash,
    cookies: [knownBrowserCookie(email)],
  })
}

/** Sends the link again, and throws `account:unconfirmed`. */
async function sendAgain(id: string, email: string, language: Language): Promise<never> {
  await consumeLimit("verify", id, MAX_LINKS)
  sendVerification(id, email, language)
  throw new AppError("account:unconfirmed", { values: { email } })
}

async function noteGuessing({ noteworthy }: Attempt, email: string, network: string): Promise<void> {
  if (!noteworthy) return
  const account = await accountByEmail(email)
  // Only for existing accounts: a typed address may not belong to anyone.
  if (account)
    await audit({
      actor: null,
      action: "sign_in.limited",
      target: { id: account.id, name: account.name ?? account.email },
      address: network,
    })
}
