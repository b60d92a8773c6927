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

/** A pseudonym for a user in browser storage, which doesn't reveal their ID. */
export const browserOwner = (userId: string): string => createHash("sha256").update(userId).digest("hex").slice(0, 16)

/** The session for these headers; null if there is no valid one. */
export const sessionOfHeaders = (headers: Headers): Promise<Session | null> =>
  sessionOf(cookieOf(headers, sessionCookieName()))

/** The session of a route's request; null if there is no valid one. */
export const sessionOfRequest = (request: Request): Promise<Session | null> => sessionOfHeaders(request.headers)

/** The user of a route's request; null without a valid session. */
export const userOf = async (request: Request): Promise<SessionUser | null> =>
  (await sessionOfRequest(request))?.user ?? null

/**
 * The user of a route's request, if they may perform this action, at least on their own resources. Throws
 * `auth:required` without a valid session, `auth:forbidden` if their role isn't allowed to.
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
