import { cookies } from "next/headers"
import { readToken, type SessionUser, sessionCookieName } from "@/lib/auth/token"
import { AppError } from "@/lib/http/errors"

/** The user of this request in a server component, or null. */
export async function currentUser(): Promise<SessionUser | null> {
  const jar = await cookies()
  return (await readToken(jar.get(sessionCookieName())?.value))?.user ?? null
}

/** The user of a request to a route; null without a valid session. */
export async function userOf(request: Request): Promise<SessionUser | null> {
  const name = sessionCookieName()
  const pair = request.headers
    .get("cookie")
    ?.split(/;\s*/)
    .find((cookie) => cookie.startsWith(`${name}=`))
  return (await readToken(pair?.slice(name.length + 1)))?.user ?? null
}

/** The user of a request to a route. Throws `auth:required` without a valid session. */
export async function requireUser(request: Request): Promise<SessionUser> {
  const user = await userOf(request)
  if (!user) throw new AppError("auth:required")
  return user
}
