/** Guests and accounts for tests, with the cookie that a browser would send. */
import { clearSessionCache, createGuestSession } from "@/lib/auth/sessions"
import { createToken, type SessionClaims, sessionCookieName } from "@/lib/auth/token"
import { db } from "@/lib/db/client"
import { resetThrottles } from "@/lib/throttle/kept"

export interface TestGuest {
  id: string
  claims: SessionClaims
  /** A `cookie` header. */
  cookie: string
}

const cookieOf = async (claims: SessionClaims) => `${sessionCookieName()}=${await createToken(claims)}`

/** A new guest. Tests create more of them than the limit per address allows. */
export async function testGuest(): Promise<TestGuest> {
  resetThrottles()
  const claims = await createGuestSession(new Headers())
  if (!claims) throw new Error("guests are off")
  return { id: claims.sub, claims, cookie: await cookieOf(claims) }
}

/** A user with an account and a session; with `admin`, an administrator of this installation. */
export async function testAccount({ admin = false }: { admin?: boolean } = {}): Promise<TestGuest & { email: string }> {
  const guest = await testGuest()
  const email = `${guest.id}@example.com`
  const data = { guest: false, admin, email, emailVerifiedAt: new Date(), name: admin ? "Ada Admin" : "Max Member" }
  await db().user.update({ where: { id: guest.id }, data })
  // The user may have been cached as a guest.
  clearSessionCache()
  return { ...guest, email }
}

/** The `cookie` header of a new session of a user, who may already exist. */
export async function testSession(userId: string): Promise<string> {
  const { claims } = await testGuest()
  await db().user.upsert({ where: { id: userId }, create: { id: userId }, update: {} })
  await db().session.update({ where: { id: claims.sid }, data: { userId } })
  await db().user.delete({ where: { id: claims.sub } })
  return cookieOf({ ...claims, sub: userId })
}
