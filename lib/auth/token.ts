/** Signed and encrypted session tokens, in the form that next-auth reads and writes. */
import { decode, encode } from "next-auth/jwt"
import { v7 as uuidv7 } from "uuid"
import { z } from "zod"
import { config } from "@/lib/config"
import { singleton } from "@/lib/singleton"

export interface SessionUser {
  id: string
  guest: boolean
  name: string | null
}

/** Seconds. The longest that browsers keep a cookie: a guest's conversations hang on it. */
export const SESSION_MAX_AGE = 400 * 24 * 60 * 60
/** Seconds after which a visit renews the token. */
const RENEW_AFTER = 24 * 60 * 60

const claims = z.object({
  sub: z.uuid(),
  guest: z.boolean().default(true),
  name: z.string().nullish(),
  iat: z.number(),
  exp: z.number(),
})

const secure = () => config().appUrl?.startsWith("https://") ?? false

/** next-auth's own name, so that its routes and ours read one cookie. */
export const sessionCookieName = () => `${secure() ? "__Secure-" : ""}next-auth.session-token`

export const sessionCookieOptions = () =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: secure(), maxAge: SESSION_MAX_AGE }) as const

/** A token for `user`, a new guest when left out. */
export async function createToken(user?: SessionUser): Promise<string> {
  const { id, guest, name } = user ?? { id: uuidv7(), guest: true, name: null }
  return encode({ token: { sub: id, guest, name }, secret: config().authSecret, maxAge: SESSION_MAX_AGE })
}

interface ReadToken {
  user: SessionUser
  issuedAt: number
  expiresAt: number
}

const MOST_CACHED = 5_000

/**
 * The user of a token, or null when it is missing, forged, expired or not of our form. Decoding costs a key
 * derivation and a decryption, so what was read is kept, bounded, until it expires.
 */
export async function readToken(token: string | undefined): Promise<ReadToken | null> {
  if (!token) return null
  const cache = singleton("sessionTokens", () => new Map<string, ReadToken>())
  const seconds = Date.now() / 1_000
  const cached = cache.get(token)
  if (cached) return cached.expiresAt > seconds ? cached : null
  const payload = await decode({ token, secret: config().authSecret }).catch(() => null)
  const parsed = claims.safeParse(payload)
  if (!parsed.success || parsed.data.exp <= seconds) return null
  const { sub, guest, name, iat, exp } = parsed.data
  const read = { user: { id: sub, guest, name: name ?? null }, issuedAt: iat, expiresAt: exp }
  if (cache.size >= MOST_CACHED) cache.clear()
  cache.set(token, read)
  return read
}

/** A visit renews a token that is older than a day. */
export const needsRenewal = (read: ReadToken) => Date.now() / 1_000 - read.issuedAt > RENEW_AFTER
