/** Signs in a user who has been authenticated. */
import { mergeGuestIntoAccount } from "@/lib/accounts/take-along"
import { endSession, endSessions } from "@/lib/auth/ending"
import { browserOwner, sessionOfRequest } from "@/lib/auth/session"
import { type Session, startSession } from "@/lib/auth/sessions"
import { setCookie } from "@/lib/auth/signed"
import { createToken, SESSION_MAX_AGE, type SessionClaims, sessionCookieName } from "@/lib/auth/token"
import { ownAccount } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"

/**
 * Tells the page which owner's drafts moved to which: `from.to`, both as named by `browserOwner`
 * (components/base/storage.ts).
 */
const MOVED_COOKIE = "sparkler-moved"
/** Seconds during which other tabs may read it. */
const MOVED_AGE = 24 * 60 * 60

export interface Entered {
  claims: SessionClaims
  /** `set-cookie` headers, except the session's own. */
  cookies: string[]
}

interface Entering {
  /** This browser's guest has become the account. */
  becomes?: boolean
  /** Hash of the password used to sign in. */
  passwordHash?: string | null
}

/**
 * Starts a session for this account, with a new ID; the browser's previous session ends. A guest's data moves to the
 * account. Throws `account:busy`, and `account:credentials` if the password has changed in the meantime.
 */
export async function enter(
  userId: string,
  { headers, before, becomes, passwordHash }: Entering & { headers: Headers; before: Session | null },
): Promise<Entered> {
  const cookies: string[] = []
  const guest = before?.user.guest && before.user.id !== userId ? before.user.id : null
  if (guest && (await mergeGuestIntoAccount({ from: guest, to: userId })))
    cookies.push(
      setCookie(MOVED_COOKIE, `${browserOwner(guest)}.${browserOwner(userId)}`, { maxAge: MOVED_AGE, readable: true }),
    )
  const claims = await startSession(userId, headers)
  // A password change ends all existing sessions, but might have missed this one.
  if (passwordHash && (await ownAccount(userId))?.passwordHash !== passwordHash) {
    await endSession(claims.sid, userId)
    throw new AppError("account:credentials")
  }
  if (becomes) await endSessions(userId, claims.sid)
  else if (before && !guest) await endSession(before.id, before.user.id)
  return { claims, cookies }
}

/** The same for a route: returns a response that sets the cookies. */
export async function signInResponse(
  request: Request,
  userId: string,
  { cookies = [], ...entering }: Entering & { cookies?: string[] } = {},
): Promise<Response> {
  const before = await sessionOfRequest(request)
  const entered = await enter(userId, { headers: request.headers, before, ...entering })
  const headers = new Headers()
  for (const cookie of [await sessionCookie(entered.claims), ...entered.cookies, ...cookies])
    headers.append("set-cookie", cookie)
  return new Response(null, { status: 204, headers })
}

/** The `set-cookie` header of a session. */
export const sessionCookie = async (claims: SessionClaims): Promise<string> =>
  setCookie(sessionCookieName(), await createToken(claims), { maxAge: SESSION_MAX_AGE })

/** The `set-cookie` header that removes the session's cookie. */
export const noSessionCookie = (): string => setCookie(sessionCookieName(), "", { maxAge: 0 })
