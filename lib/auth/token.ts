/** Signed and encrypted session cookies, in the format of next-auth. */
import { decode, encode } from "next-auth/jwt"
import { z } from "zod"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

/** In seconds. The longest that browsers keep a cookie: a guest's conversations depend on it. */
export const SESSION_MAX_AGE = 400 * 24 * 60 * 60
/** Seconds after which a visit renews the cookie. */
const RENEW_AFTER = 24 * 60 * 60

/** Contents of a cookie: the user, the session, and the key that proves it. */
export const claimsSchema = z.object({ sub: z.uuid(), sid: z.uuid(), key: z.string().min(1).max(100) })
export type SessionClaims = z.infer<typeof claimsSchema>

const payloadSchema = claimsSchema.partial({ sid: true, key: true }).extend({ iat: z.number(), exp: z.number() })

const secure = () => config().appUrl?.startsWith("https://") ?? false

/** next-auth's own name, so that its routes and ours use the same cookie. */
export const sessionCookieName = () => `${secure() ? "__Secure-" : ""}next-auth.session-token`

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: secure(), maxAge: SESSION_MAX_AGE }) as const

export const createToken = ({ sub, sid, key }: SessionClaims): Promise<string> =>
  encode({ token: { sub, sid, key }, secret: config().authSecret, maxAge: SESSION_MAX_AGE })

interface ReadToken {
  userId: string
  /** Null in a cookie from a version without sessions, which contains only the user. */
  session: { id: string; key: string } | null
  issuedAt: number
  expiresAt: number
}

const MAX_CACHED = 5_000

/**
 * The contents of a cookie, or null if it is missing, forged, expired, or malformed; whether its session is still valid
 * is checked elsewhere (`sessions.ts`). Decoding costs a key derivation and a decryption, so results are cached,
 * bounded, until they expire.
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
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(token, read)
  return read
}

/** A visit renews a cookie that is older than a day, or from a version without sessions. */
export const needsRenewal = ({ session, issuedAt }: Pick<ReadToken, "session" | "issuedAt">) =>
  session === null || Date.now() / 1_000 - issuedAt > RENEW_AFTER
