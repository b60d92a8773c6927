/**
 * Rate limits for sign-in attempts, counted in the database. Wrong passwords lead to growing delays:
 * - per account and network, early, against guessing from there;
 * - per account from anywhere, late and short, against guessing from many networks;
 * - per network, very late and short: an office behind one address is many people. A browser that has signed in to the
 * account before is counted separately, so that nobody who guesses can lock its owner out.
 */
import { createHash } from "node:crypto"
import { networkOf } from "@/lib/auth/guests"
import { config } from "@/lib/config"
import { clientAddress } from "@/lib/http/peer"
import { MINUTE_MS } from "@/lib/throttle/count-times"
import { storedTries } from "@/lib/throttle/stored-tries"
import { rateLimitError } from "@/lib/throttle/too-early"
import type { Limit, Schedule } from "@/lib/throttle/tries"

/** Milliseconds without a failed attempt after which everything is forgotten. */
export const ATTEMPT_RETENTION_MS = 75 * MINUTE_MS

const forgetMs = ATTEMPT_RETENTION_MS
const PAIR: Schedule = { free: 5, firstMs: 5_000, mostMs: 15 * MINUTE_MS, forgetMs }
const ACCOUNT: Schedule = { free: 100, firstMs: 1_000, mostMs: 30_000, forgetMs }
const NETWORK: Schedule = { free: 500, firstMs: 1_000, mostMs: 30_000, forgetMs }

/** The network of a request. */
export const networkOfRequest = (headers: Headers): string => networkOf(clientAddress(headers, config().trustedProxies))

export interface Attempt {
  /** The first attempt that causes a delay: worth an entry in the audit log. */
  noteworthy: boolean
  /** The password was correct: the attempt doesn't count. */
  succeeded(): Promise<void>
}

/**
 * Begins an attempt to sign in to `account`, counted as failed until it succeeds. `browser`: identifies a browser known
 * to belong to the account. Throws `limit:reached` with `retryAfterS`.
 */
export async function beginAttempt(
  { account, network, browser }: { account: string; network: string; browser: string | null },
  now = Date.now(),
): Promise<Attempt> {
  const key = createHash("sha256").update(account).digest("base64url")
  const own = { name: browser ? `browser ${browser} ${key}` : `pair ${network} ${key}`, schedule: PAIR }
  const others: Limit[] = browser
    ? []
    : [
        { name: `account ${key}`, schedule: ACCOUNT },
        { name: `network ${network}`, schedule: NETWORK },
      ]
  const { waitMs, counts } = await storedTries.begin([own, ...others], now)
  if (waitMs > 0) throw rateLimitError("limit:reached/attempts", waitMs)
  return {
    noteworthy: counts[0] === PAIR.free + 1,
    succeeded: async () => {
      await storedTries.forget([own])
      await storedTries.takeBack(others, now)
    },
  }
}
