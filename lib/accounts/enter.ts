/** Letting somebody in who has shown who they are. */
import { takeAlong } from "@/lib/accounts/take-along"
import { endSession, endSessions } from "@/lib/auth/ending"
import { browserOwner, sessionOfRequest } from "@/lib/auth/session"
import { beginSession, type Session } from "@/lib/auth/sessions"
import { setCookie } from "@/lib/auth/signed"
import { createToken, SESSION_MAX_AGE, type SessionClaims, sessionCookieName } from "@/lib/auth/token"

/** Tells the page whose drafts are whose now: `from.to`, both as `browserOwner` names them (components/base/moved-owner.ts). */
const MOVED_COOKIE = "sparkler-moved"
/** Seconds for which other tabs may hear of it. */
const MOVED_AGE = 24 * 60 * 60

export interface Entered {
  claims: SessionClaims
  /** `set-cookie` headers, without the session's own. */
  cookies: string[]
}

/**
 * Begins a session as this account, with an id of its own; the one that the browser had is over. A guest's things go along.
 * `becomes`: the guest of this browser is the account now. Throws `account:busy`.
 */
export async function enter(
  userId: string,
  { headers, before, becomes }: { headers: Headers; before: Session | null; becomes?: boolean },
): Promise<Entered> {
  const cookies: string[] = []
  const guest = before?.user.guest && before.user.id !== userId ? before.user.id : null
  if (guest && (await takeAlong({ from: guest, to: userId })))
    cookies.push(
      setCookie(MOVED_COOKIE, `${browserOwner(guest)}.${browserOwner(userId)}`, { maxAge: MOVED_AGE, readable: true }),
    )
  const claims = await beginSession(userId, headers)
  if (becomes) await endSessions(userId, claims.sid)
  else if (before && !guest) await endSession(before.id, before.user.id)
  return { claims, cookies }
}

/** The same for a route: a response that sets the cookies. */
export async function enterResponse(
  request: Request,
  userId: string,
  { becomes, cookies = [] }: { becomes?: boolean; cookies?: string[] } = {},
): Promise<Response> {
  const before = await sessionOfRequest(request)
  const entered = await enter(userId, { headers: request.headers, before, becomes })
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
