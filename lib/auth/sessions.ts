/**
 * Resolves a cookie to its user. Each request looks its session up in the database; the result is cached briefly, and a
 * revocation in this process clears the cache (`clearSessionCache`).
 */
import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto"
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import { MAX_CHARS } from "@/lib/auth/device"
import { takeGuestAllowance } from "@/lib/auth/guests"
import { needsRenewal, readToken, SESSION_MAX_AGE, type SessionClaims } from "@/lib/auth/token"
import { config } from "@/lib/config"
import { cleanText } from "@/lib/db/clean"
import {
  createGuest,
  createSession,
  createSessionOnce,
  isMemberSession,
  liveSession,
  noteSeen,
  recordSessionLocation,
} from "@/lib/db/people/sessions"
import { clientAddress } from "@/lib/http/peer"
import { logFault } from "@/lib/log"
import { operatorSettings } from "@/lib/operator/settings"
import { singleton } from "@/lib/singleton"

/** The requesting user, from the database. */
export interface SessionUser {
  id: string
  guest: boolean
  admin?: boolean
  name: string | null
  email?: string | null
}

export interface Session {
  id: string
  user: SessionUser
  /** The contents of its cookie. */
  claims: SessionClaims
  /** The received cookie should be renewed. */
  isDue: boolean
}

/** Milliseconds for which a database result is cached: another process may revoke a session in the meantime. */
const FRESH_MS = 2_000
const MAX_CACHED = 5_000
/** Milliseconds for which session sightings are collected into one statement. */
const NOTE_AFTER_MS = 2_000
const HOUR_MS = 3_600_000
/** Namespace for session IDs of cookies without a session, derived from the user. */
const EARLIER_NAMESPACE = "0f6a5a0c-3f4e-5c57-9c0e-6f1c8f2b7d10"

interface Found {
  at: number
  user: SessionUser | null
}

interface State {
  found: Map<string, Found>
  /** Counts revocations: a lookup started before one must not be cached after it. */
  revocations: number
  seen: Set<string>
}

const state = () => singleton<State>("sessions", () => ({ found: new Map(), revocations: 0, seen: new Set() }))

const hashOf = (key: string) => createHash("sha256").update(key).digest("hex")
const expiry = () => new Date(Date.now() + SESSION_MAX_AGE * 1_000)
const startOfHour = () => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS)

/**
 * Creates a guest with a session: the only place that does. Null if guests are disabled, or the address has reached its
 * limit.
 */
export async function createGuestSession(headers: Headers): Promise<SessionClaims | null> {
  if (!(await operatorSettings()).guests || !(await takeGuestAllowance(headers))) return null
  const claims = newClaims(uuidv7())
  await createGuest(rowOf(claims, headers))
  return claims
}

/** Starts a session for an authenticated user, with a new ID and key. */
export async function startSession(userId: string, headers: Headers): Promise<SessionClaims> {
  const claims = newClaims(userId)
  await createSession(rowOf(claims, headers))
  return claims
}

const newClaims = (userId: string): SessionClaims => ({
  sub: userId,
  sid: uuidv7(),
  key: randomBytes(24).toString("base64url"),
})

const rowOf = ({ sub: userId, sid: id, key }: SessionClaims, headers: Headers) => ({
  ...{ id, userId, keyHash: hashOf(key), expiresAt: expiry() },
  ...whereFrom(headers),
})

/** Shown to users in their list of sessions: the browser's description, and its address. */
const whereFrom = (headers: Headers) => ({
  device: cleanText(headers.get("user-agent")?.slice(0, MAX_CHARS) ?? "") || null,
  address: clientAddress(headers, config().trustedProxies) || null,
})

/** Updates the location, which may have changed by the time a cookie is renewed. */
export const recordSessionRenewal = (id: string, headers: Headers) => recordSessionLocation(id, whereFrom(headers))

/**
 * The session of a cookie; null if the cookie is invalid, the session has expired or was revoked, or its user is
 * disabled or deleted.
 */
export async function sessionOf(token: string | undefined): Promise<Session | null> {
  const read = await readToken(token)
  if (!read) return null
  const { id, key } = read.session ?? earlierSession(read.userId)
  const claims = { sub: read.userId, sid: id, key }
  const user = (await lookUp(claims)) ?? (read.session ? null : await takeOver(claims))
  return user && { id, user, claims, isDue: needsRenewal(read) }
}

/** Whether a cookie belongs to an account's session, even an expired one. */
export async function belongsToAccountSession(token: string | undefined): Promise<boolean> {
  const read = await readToken(token)
  return read?.session ? isMemberSession(read.session.id, hashOf(read.session.key)) : false
}

/**
 * The session for a cookie from a version without sessions. Derived from the user's ID, so that the cookie and its
 * replacement are one session, even if the browser never received the replacement.
 */
function earlierSession(userId: string): { id: string; key: string } {
  const secret = new Uint8Array(hkdfSync("sha256", config().authSecret, "", "sparkler earlier session 1", 32))
  return {
    id: uuidv5(userId, EARLIER_NAMESPACE),
    key: createHmac("sha256", secret).update(userId).digest("base64url"),
  }
}

/** The first visit with such a cookie creates its session, if the user exists, and never again after it was revoked. */
async function takeOver(claims: SessionClaims): Promise<SessionUser | null> {
  const { sid: id, sub: userId, key } = claims
  await createSessionOnce({ id, userId, keyHash: hashOf(key), expiresAt: expiry() })
  state().found.delete(nameOf(claims))
  return lookUp(claims)
}

const nameOf = ({ sid, sub, key }: SessionClaims) => `${sid} ${sub} ${key}`

async function lookUp(claims: SessionClaims): Promise<SessionUser | null> {
  const { found } = state()
  const name = nameOf(claims)
  const kept = found.get(name)
  if (kept && Date.now() - kept.at < FRESH_MS) return kept.user
  const { revocations } = state()
  const times = { now: new Date(), seenBefore: startOfHour() }
  const { sid: id, sub: userId, key } = claims
  const live = await liveSession({ id, userId, keyHash: hashOf(key) }, times)
  if (live?.unseen) note(id)
  const user = live?.user ?? null
  if (revocations === state().revocations) {
    if (found.size >= MAX_CACHED) found.clear()
    found.set(name, { at: Date.now(), user })
  }
  return user
}

/** Clears the session cache of this process: a session was revoked, or a user disabled or deleted. */
export function clearSessionCache(): void {
  state().found.clear()
  state().revocations++
}

/** Records that a session was seen, in the background. */
function note(id: string): void {
  const { seen } = state()
  const waits = seen.size > 0
  seen.add(id)
  if (waits) return
  setTimeout(() => {
    const ids = [...seen]
    seen.clear()
    noteSeen(ids, startOfHour(), expiry()).catch((error: unknown) => logFault("updating session activity", error))
  }, NOTE_AFTER_MS).unref()
}
