import { createHash } from "node:crypto"
import { cookies } from "next/headers"
import { type Action, may } from "@/lib/auth/rights"
import { type Session, type SessionUser, sessionOf } from "@/lib/auth/sessions"
import { cookieOf } from "@/lib/auth/signed"
import { sessionCookieName } from "@/lib/auth/token"
import { AppError } from "@/lib/http/errors"

/** The user of this request in a server component, or null. */
export async function currentUser(): Promise<SessionUser | null> {
  const jar = await cookies()
  return (await sessionOf(jar.get(sessionCookieName())?.value))?.user ?? null
}

/** A name for a user in their browser's storage, which tells their id to nobody. */
export const browserOwner = (userId: string): string => createHash("sha256").update(userId).digest("hex").slice(0, 16)

/** The session of a request with these headers; null without one that counts. */
export const sessionOfHeaders = (headers: Headers): Promise<Session | null> =>
  sessionOf(cookieOf(headers, sessionCookieName()))

/** The session of a request to a route; null without one that counts. */
export const sessionOfRequest = (request: Request): Promise<Session | null> => sessionOfHeaders(request.headers)

/** The user of a request to a route; null without a session that counts. */
export const userOf = async (request: Request): Promise<SessionUser | null> =>
  (await sessionOfRequest(request))?.user ?? null

/**
 * The user of a request to a route who may do this, if with what is their own. Throws `auth:required` without a session that
 * counts, `auth:forbidden` where their role may not.
 */
export const requireRight = async (request: Request, action: Action): Promise<SessionUser> =>
  (await requireSession(request, action)).user

/** The same, with the session. */
export async function requireSession(request: Request, action: Action): Promise<Session> {
  const session = await sessionOfRequest(request)
  if (!session) throw new AppError("auth:required")
  if (!may({ user: session.user }, action)) throw new AppError("auth:forbidden")
  return session
}
