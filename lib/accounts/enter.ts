/** Letting somebody in who has shown who they are. */
import { takeAlong } from "@/lib/accounts/take-along"
import { endSession, endSessions } from "@/lib/auth/ending"
import { browserOwner, sessionOfRequest } from "@/lib/auth/session"
import { beginSession, type Session } from "@/lib/auth/sessions"
import { setCookie } from "@/lib/auth/signed"
import { createToken, SESSION_MAX_AGE, type SessionClaims, sessionCookieName } from "@/lib/auth/token"
import { ownAccount } from "@/lib/db/people/accounts"
import { AppError } from "@/lib/http/errors"

/** Tells the page whose drafts are whose now: `from.to`, both as `browserOwner` names them (components/base/moved-owner.ts). */
const MOVED_COOKIE = "sparkler-moved"
/** Seconds for which other tabs may hear of it. */
const MOVED_AGE = 24 * 60 * 60

export interface Entered {
  claims: SessionClaims
  /** `set-cookie` headers, without the session's own. */
  cookies: string[]
}

interface Entering {
  /** The guest of this browser is the account now. */
  becomes?: boolean
  /** Of the password by which they came. */
  passwordHash?: string | null
}

/**
 * Begins a session as this account, with an id of its own; the one that the browser had is over. A guest's things go along.
 * Throws `account:busy`, and `account:credentials` where the password is another one by now.
 */
export async function enter(
  userId: string,
  { headers, before, becomes, passwordHash }: Entering & { headers: Headers; before: Session | null },
): Promise<Entered> {
  const cookies: string[] = []
  const guest = before?.user.guest && before.user.id !== userId ? before.user.id : null
  if (guest && (await takeAlong({ from: guest, to: userId })))
    cookies.push(
      setCookie(MOVED_COOKIE, `${browserOwner(guest)}.${browserOwner(userId)}`, { maxAge: MOVED_AGE, readable: true }),
    )
  const claims = await beginSession(userId, headers)
  // Who changed it meanwhile ended the sessions that there were: this one might not have been among them.
  if (passwordHash && (await ownAccount(userId))?.passwordHash !== passwordHash) {
    await endSession(claims.sid, userId)
    throw new AppError("account:credentials")
  }
  if (becomes) await endSessions(userId, claims.sid)
  else if (before && !guest) await endSession(before.id, before.user.id)
  return { claims, cookies }
}

/** The same for a route: a response that sets the cookies. */
export async function enterResponse(
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

/** The `set-cookie` header that takes the session's cookie back. */
export const noSessionCookie = (): string => setCookie(sessionCookieName(), "", { maxAge: 0 })
