/**
 * How often somebody may try to sign in, counted in this process. Wrong passwords cost growing waits:
 * - for an account from one network, soon, so that who guesses there waits;
 * - for an account from everywhere, late and shortly, for who guesses from many networks;
 * - for a network, very late and shortly: an office behind one address is many people.
 * A browser that has signed in to the account before is counted by itself, so that nobody who guesses keeps its owner out.
 * What is tried during a wait is not looked at and lengthens nothing.
 */
import { createHash } from "node:crypto"
import { networkOf } from "@/lib/auth/guests"
import { config } from "@/lib/config"
import { AppError } from "@/lib/http/errors"
import { clientAddress } from "@/lib/http/peer"
import { singleton } from "@/lib/singleton"

interface Schedule {
  /** Wrong ones without a wait. */
  free: number
  /** Milliseconds of the first wait; each is twice the one before. */
  first: number
  longest: number
}

const PAIR: Schedule = { free: 5, first: 5_000, longest: 15 * 60_000 }
const ACCOUNT: Schedule = { free: 100, first: 1_000, longest: 30_000 }
const NETWORK: Schedule = { free: 500, first: 1_000, longest: 30_000 }

/** Milliseconds without a wrong one after which all is forgotten. */
const FORGOTTEN_MS = 60 * 60_000
const MOST_COUNTED = 50_000

interface Counted {
  wrong: number
  /** Nothing is looked at before. */
  until: number
  at: number
}

/** The network that a request comes from. */
export const networkOfRequest = (headers: Headers): string => networkOf(clientAddress(headers, config().trustedProxies))

export interface Attempt {
  /** The first one that a wait follows: worth an entry in the audit log. */
  noteworthy: boolean
  /** It was right: it counts as no attempt. */
  succeeded(): void
}

/**
 * One attempt to sign in to `account`, counted as a wrong one until it has succeeded. `browser`: of a browser that is known
 * to be the account's. Throws `limit:reached` with `retryAfterS`.
 */
export function beginAttempt(
  { account, network, browser }: { account: string; network: string; browser: string | null },
  now = Date.now(),
): Attempt {
  const key = createHash("sha256").update(account).digest("base64url")
  const counted: [string, Schedule][] = browser
    ? [[`browser ${browser} ${key}`, PAIR]]
    : [
        [`pair ${network} ${key}`, PAIR],
        [`account ${key}`, ACCOUNT],
        [`network ${network}`, NETWORK],
      ]
  const until = Math.max(...counted.map(([name]) => find(name, now)?.until ?? 0))
  if (until > now) throw tooMany(until - now)
  const [first] = counted.map(([name, schedule]) => count(name, schedule, now))
  return {
    noteworthy: first?.wrong === PAIR.free + 1,
    succeeded: () => {
      for (const [name] of counted) takeBack(name)
      counts().delete(counted[0]?.[0] ?? "")
    },
  }
}

const counts = () => singleton("signInAttempts", () => new Map<string, Counted>())

function find(name: string, now: number): Counted | undefined {
  const found = counts().get(name)
  return found && now - Math.max(found.at, found.until) <= FORGOTTEN_MS ? found : undefined
}

function count(name: string, { free, first, longest }: Schedule, now: number): Counted {
  const wrong = (find(name, now)?.wrong ?? 0) + 1
  const wait = wrong > free ? Math.min(longest, first * 2 ** Math.min(30, wrong - free - 1)) : 0
  const counted = { wrong, until: now + wait, at: now }
  keep(counts(), name, counted)
  return counted
}

function takeBack(name: string): void {
  const found = counts().get(name)
  if (found) counts().set(name, { ...found, wrong: found.wrong - 1, until: 0 })
}

/** At the end of the map: first in it is what was quiet longest, and goes first. */
function keep<T>(map: Map<string, T>, name: string, value: T): void {
  map.delete(name)
  map.set(name, value)
  for (const oldest of map.keys()) {
    if (map.size <= MOST_COUNTED) break
    map.delete(oldest)
  }
}

/** An error that says when to come back. `ms` from now. */
export function tooMany(ms: number): AppError {
  const seconds = Math.max(1, Math.ceil(ms / 1_000))
  const retryAfterS = seconds
  return seconds < 120
    ? new AppError("limit:reached/seconds", { values: { seconds }, retryAfterS })
    : new AppError("limit:reached/minutes", { values: { minutes: Math.ceil(seconds / 60) }, retryAfterS })
}

interface Window {
  times: number
  ends: number
}

/** One more of `what`; throws `limit:reached` beyond `most` in so many milliseconds. */
export function countTimes(what: string, most: number, windowMs: number, now = Date.now()): void {
  const windows = singleton("timesCounted", () => new Map<string, Window>())
  const found = windows.get(what)
  const current = found && found.ends > now ? found : { times: 0, ends: now + windowMs }
  if (current.times >= most) throw tooMany(current.ends - now)
  current.times++
  keep(windows, what, current)
}
