/**
 * Handles people coming back from an issuer. They are identified by the issuer and its id for them, never by an email
 * address: entering someone's address in an account elsewhere gives no access to their account here. If a verified
 * address already belongs to an account, neither a second account nor a connection is created: its owner signs in as
 * before and connects the issuer in the settings.
 */
import { v7 as uuidv7 } from "uuid"
import { enter } from "@/lib/accounts/enter"
import { invitationOf, noInvitationCookie } from "@/lib/accounts/invited"
import { makeAccount } from "@/lib/accounts/make"
import { sessionOfHeaders } from "@/lib/auth/session"
import type { Session } from "@/lib/auth/sessions"
import type { SessionClaims } from "@/lib/auth/token"
import { db } from "@/lib/db/client"
import { isUniqueViolation } from "@/lib/db/errors"
import { accountByEmail, accountByIdentity, addIdentity, noteIdentityEmail } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"
import { issuerName, type Profile } from "@/lib/issuers/issuers"
import { audit } from "@/lib/operator/audit"
import { isConnectRequested, noConnectCookie } from "@/lib/sign-in/connect"
import { problemUrl } from "@/lib/sign-in/problem"

/** The request, and the cookies to set in its response. */
export interface Arrival {
  headers: Headers
  cookies: string[]
}

type Person = Profile & { provider: string }

/** Settings → Account. */
const SETTINGS = "#settings/account"

/** The new session, or the URL of a page that explains the failure. */
export async function arrive(person: Person, { headers, cookies }: Arrival): Promise<SessionClaims | string> {
  const before = await sessionOfHeaders(headers)
  const connects = before !== null && !before.user.guest && isConnectRequested(headers, before.id, person.provider)
  if (connects) cookies.push(noConnectCookie())
  try {
    if (connects) return await connect(person, before)
    const { id, becomes } = await accountOf(person, { headers, before })
    const entered = await enter(id, { headers, before, becomes })
    cookies.push(...entered.cookies, noInvitationCookie())
    return entered.claims
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return connects ? `${problemUrl(error, "/")}${SETTINGS}` : problemUrl(error)
  }
}

/**
 * Connects the identity to the account that is signed in. Throws `account:issuer/connected` if it belongs to another
 * account.
 */
async function connect({ provider, subject, email }: Person, before: Session): Promise<SessionClaims> {
  const known = await accountByIdentity(provider, subject)
  if (known?.user.id === before.user.id) return before.claims
  const taken = (cause?: unknown) =>
    new AppError("account:issuer/connected", { values: { issuer: issuerName(provider) }, cause })
  if (known) throw taken()
  try {
    await addIdentity(db(), uuidv7(), before.user.id, { provider, subject, email })
  } catch (cause) {
    throw isUniqueViolation(cause) ? taken(cause) : cause
  }
  const target = { id: before.user.id, name: before.user.name }
  await audit({ actor: target, action: "sign_in.connected", target, details: { issuer: issuerName(provider) } })
  return before.claims
}

/** The account of this identity, created if it is new. */
async function accountOf(
  { provider, subject, name, email, verified }: Person,
  { headers, before }: { headers: Headers; before: Session | null },
): Promise<{ id: string; becomes: boolean }> {
  const known = await accountByIdentity(provider, subject)
  if (known) {
    await noteIdentityEmail(known.id, email)
    if (known.user.disabledAt) throw new AppError("account:off")
    return { id: known.user.id, becomes: false }
  }
  // An unverified address proves nothing: it isn't stored, and doesn't keep its owner from using it.
  const own = verified ? email : null
  const issuer = issuerName(provider)
  if (own && (await accountByEmail(own))) throw new AppError("account:issuer/taken", { values: { email: own, issuer } })
  return makeAccount({
    ...{ email: own, emailVerifiedAt: own ? new Date() : null, name, passwordHash: null, before, headers, issuer },
    identity: { provider, subject, email },
    invitation: invitationOf(headers),
  })
}
