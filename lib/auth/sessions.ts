/**
 * Who a cookie stands for. Each request looks its session up in the database; what was found serves for a moment, and a
 * revocation in this process ends that moment (`forgetSessions`).
 */
import { createHash, createHmac, hkdfSync, randomBytes } from "node:crypto"
import { v5 as uuidv5, v7 as uuidv7 } from "uuid"
import { MOST_CHARS } from "@/lib/auth/device"
import { mayBeginGuest } from "@/lib/auth/guests"
import { needsRenewal, readToken, SESSION_MAX_AGE, type SessionClaims } from "@/lib/auth/token"
import { config } from "@/lib/config"
import { cleanText } from "@/lib/db/clean"
import {
  createGuest,
  createSession,
  createSessionOnce,
  isMembers,
  liveSession,
  noteSeen,
  noteWhere,
} from "@/lib/db/people/sessions"
import { clientAddress } from "@/lib/http/peer"
import { logFault } from "@/lib/log"
import { operatorSettings } from "@/lib/operator/settings"
import { singleton } from "@/lib/singleton"

/** Who asks, as the database has them. */
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
  /** What its cookie says. */
  claims: SessionClaims
  /** The cookie that came is to be replaced by a new one. */
  isDue: boolean
}

/** Milliseconds that an answer of the database serves: another process may revoke a session meanwhile. */
const FRESH_MS = 2_000
const MOST_CACHED = 5_000
/** Milliseconds for which the sessions that were seen are gathered into one statement. */
const NOTE_AFTER_MS = 2_000
const HOUR_MS = 3_600_000
/** Names the session of a cookie that has none, by its user. */
const EARLIER_NAMESPACE = "0f6a5a0c-3f4e-5c57-9c0e-6f1c8f2b7d10"

interface Found {
  at: number
  user: SessionUser | null
}

interface State {
  found: Map<string, Found>
  /** Counts revocations: what was asked before one must not be kept after it. */
  revocations: number
  seen: Set<string>
}

const state = () => singleton<State>("sessions", () => ({ found: new Map(), revocations: 0, seen: new Set() }))

const hashOf = (key: string) => createHash("sha256").update(key).digest("hex")
const expiry = () => new Date(Date.now() + SESSION_MAX_AGE * 1_000)
const startOfHour = () => new Date(Math.floor(Date.now() / HOUR_MS) * HOUR_MS)

/**
 * Makes a guest with their session: the only place that does. Null when guests are off, or the address has begun as many
 * as it may.
 */
export async function beginGuest(headers: Headers): Promise<SessionClaims | null> {
  if (!(await operatorSettings()).guests || !(await mayBeginGuest(headers))) return null
  const claims = newClaims(uuidv7())
  await createGuest(rowOf(claims, headers))
  return claims
}

/** Begins a session of somebody who has shown who they are, with an id and a key that nobody knew before. */
export async function beginSession(userId: string, headers: Headers): Promise<SessionClaims> {
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

/** For who looks at their sessions: what the browser says it is, and its address. */
const whereFrom = (headers: Headers) => ({
  device: cleanText(headers.get("user-agent")?.slice(0, MOST_CHARS) ?? "") || null,
  address: clientAddress(headers, config().trustedProxies) || null,
})

/** A session whose cookie is renewed may be somewhere else by now. */
export const noteRenewal = (id: string, headers: Headers) => noteWhere(id, whereFrom(headers))

/** The session of a cookie; null when it is none, is over or revoked, or its user is switched off or no more. */
export async function sessionOf(token: string | undefined): Promise<Session | null> {
  const read = await readToken(token)
  if (!read) return null
  const { id, key } = read.session ?? earlierSession(read.userId)
  const claims = { sub: read.userId, sid: id, key }
  const user = (await lookUp(claims)) ?? (read.session ? null : await takeOver(claims))
  return user && { id, user, claims, isDue: needsRenewal(read) }
}

/** Whether a cookie is of a session that an account had, be it over. */
export async function wasMember(token: string | undefined): Promise<boolean> {
  const read = await readToken(token)
  return read?.session ? isMembers(read.session.id, hashOf(read.session.key)) : false
}

/**
 * The session that stands for a cookie of a version that had none. Made from the user's id, so that the cookie and the
 * one that replaces it are one session, also when the browser never got the new one.
 */
function earlierSession(userId: string): { id: string; key: string } {
  const secret = new Uint8Array(hkdfSync("sha256", config().authSecret, "", "sparkler earlier session 1", 32))
  return {
    id: uuidv5(userId, EARLIER_NAMESPACE),
    key: createHmac("sha256", secret).update(userId).digest("base64url"),
  }
}

/** The first visit with such a cookie makes its session: of a user who is there, and never again once it was revoked. */
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
    if (found.size >= MOST_CACHED) found.clear()
    found.set(name, { at: Date.now(), user })
  }
  return user
}

/** Nothing that was found before counts any more in this process: a session was revoked, a user switched off or removed. */
export function forgetSessions(): void {
  state().found.clear()
  state().revocations++
}

/** Writes down that a session was seen, beside everything else. */
function note(id: string): void {
  const { seen } = state()
  const waits = seen.size > 0
  seen.add(id)
  if (waits) return
  setTimeout(() => {
    const ids = [...seen]
    seen.clear()
    noteSeen(ids, startOfHour(), expiry()).catch((error: unknown) => logFault("sessions seen", error))
  }, NOTE_AFTER_MS).unref()
}
