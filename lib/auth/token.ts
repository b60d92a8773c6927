/** Signed and encrypted cookies that name a session, in the form that next-auth reads and writes. */
import { decode, encode } from "next-auth/jwt"
import { z } from "zod"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

/** Seconds. The longest that browsers keep a cookie: a guest's conversations hang on it. */
export const SESSION_MAX_AGE = 400 * 24 * 60 * 60
/** Seconds after which a visit renews the cookie. */
const RENEW_AFTER = 24 * 60 * 60

/** What a cookie says: which session of whom, and the key that proves it. */
export const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid(), key: z.string().min(1).max(100) })
export type SessionClaims = z.infer<typeof claimsSchema>

const payloadSchema = claimsSchema.partial({ sid: true, key: true }).extend({ iat: z.number(), exp: z.number() })

const secure = () => config().appUrl?.startsWith("https://") ?? false

/** next-auth's own name, so that its routes and ours read one cookie. */
export const sessionCookieName = () => `${secure() ? "__Secure-" : ""}next-auth.session-token`

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: secure(), maxAge: SESSION_MAX_AGE }) as const

export const createToken = ({ sub, sid, key }: SessionClaims): Promise<string> =>
  encode({ token: { sub, sid, key }, secret: config().authSecret, maxAge: SESSION_MAX_AGE })

interface ReadToken {
  userId: string
  /** Null in a cookie of a version that had no sessions: it names the user alone. */
  session: { id: string; key: string } | null
  issuedAt: number
  expiresAt: number
}

const MOST_CACHED = 5_000

/**
 * What a cookie says, or null when it is missing, forged, expired or not of our form; whether its session still counts is
 * another question (`sessions.ts`). Decoding costs a key derivation and a decryption, so what was read is kept, bounded,
 * until it expires.
 */
export async function readToken(token: string | undefined): Promise<ReadToken | null> {
  if (!token) return null
  const cache = singleton("sessionTokens", () => new Map<string, ReadToken>())
  const seconds = Date.now() / 1_000
  const cached = cache.get(token)
  if (cached) return cached.expiresAt > seconds ? cached : null
  const payload = await decode({ token, secret: config().authSecret }).catch(() => null)
  const parsed = payloadSchema.safeParse(payload)
  if (!parsed.success || parsed.data.exp <= seconds) return null
  const { sub, sid, key, iat, exp } = parsed.data
  if ((sid === undefined) !== (key === undefined)) return null
  const session = sid !== undefined && key !== undefined ? { id: sid, key } : null
  const read = { userId: sub, session, issuedAt: iat, expiresAt: exp }
  if (cache.size >= MOST_CACHED) cache.clear()
  cache.set(token, read)
  return read
}

/** A visit renews a cookie that is older than a day, or of a version that had no sessions. */
export const needsRenewal = ({ session, issuedAt }: Pick<ReadToken, "session" | "issuedAt">) =>
  session === null || Date.now() / 1_000 - issuedAt > RENEW_AFTER
