/** Tries that have to wait longer the more there were. Kept in this process, and only so many. */
import { AppError, type ErrorKey } from "@/lib/http/errors"
import { waitOf as wordsOf } from "@/lib/quota/waits"
import { singleton } from "@/lib/singleton"

export interface Patience {
  /** Tries without a wait. */
  free: number
  /** The first wait; each one behind it is twice as long, up to the longest. */
  firstMs: number
  mostMs: number
}

interface Tried {
  count: number
  /** No other before. */
  until: number
  at: number
}

const MOST_KEPT = 20_000
/** Milliseconds of rest after which nothing is held against anybody. */
const FORGOTTEN_MS = 6 * 3_600_000

const tried = () => singleton("shareTries", () => new Map<string, Tried>())

/** Milliseconds until another try of this name may be made. */
export function waitOf(name: string, now = Date.now()): number {
  return Math.max(0, (tried().get(name)?.until ?? 0) - now)
}

/** Counts a try, before it is known how it ends: of many at once no more come through. */
export function noteTry(name: string, { free, firstMs, mostMs }: Patience, now = Date.now()): void {
  const known = tried().get(name)
  const count = (known && now - known.at < FORGOTTEN_MS ? known.count : 0) + 1
  const wait = count < free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(30, count - free))
  // Again at the end of the map: first in it is who was quiet longest.
  tried().delete(name)
  tried().set(name, { count, until: now + wait, at: now })
  for (const oldest of tried().keys()) {
    if (tried().size <= MOST_KEPT) break
    tried().delete(oldest)
  }
}

/** It came off: nothing is held against this name any more. */
export const forgetTries = (name: string) => tried().delete(name)

/** `limit:reached`, with how long to wait. */
export function tooEarly(key: Extract<ErrorKey, `limit:reached/${string}`>, waitMs: number): AppError {
  const retryAfterS = Math.ceil(waitMs / 1_000)
  return new AppError(key, {
    values: { wait: wordsOf(retryAfterS) },
    retryAfterS,
    details: { retryAfter: retryAfterS },
  })
}
