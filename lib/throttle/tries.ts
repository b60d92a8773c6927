/**
 * Attempts with increasing waits. An attempt is counted before its result is known, so that concurrent attempts can't
 * exceed the limit. An attempt during a wait isn't counted and doesn't extend the wait.
 */
import { keep, kept } from "@/lib/throttle/kept"
import { redisTries } from "@/lib/throttle/redis-counts"
import { shared } from "@/lib/throttle/shared"

export interface Schedule {
  /** Attempts without a wait. */
  free: number
  /** Milliseconds of the first wait; doubled after each further attempt, up to the longest. */
  firstMs: number
  mostMs: number
  /** Milliseconds without an attempt after which the count is reset; longer than the longest wait. */
  forgetMs: number
}

/** A name to count under, with its schedule. */
export interface Limit {
  name: string
  schedule: Schedule
}

export interface Counted {
  count: number
  /** Time of the last attempt, in milliseconds. */
  at: number
}

export interface Begun {
  /** Remaining milliseconds of the longest wait; if above 0, nothing was counted. */
  waitMs: number
  /** The counts of each limit, including this attempt. */
  counts: number[]
}

/** Where attempts are counted. `now` in milliseconds. */
export interface Tries {
  /** Counts one attempt for each limit, unless one of them has to wait: all or none. */
  begin(limits: Limit[], now?: number): Promise<Begun>
  /** Milliseconds until the next attempt may start. Counts nothing. */
  waitOf(limits: Limit[], now?: number): Promise<number>
  /** A successful attempt: no longer counts, and ends the wait after it. */
  takeBack(limits: Limit[], now?: number): Promise<void>
  /** Resets the counts of these limits. */
  forget(limits: Limit[]): Promise<void>
}

/** Milliseconds to wait after this many attempts. */
export const waitAfter = (count: number, { free, firstMs, mostMs }: Schedule): number =>
  count <= free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(30, count - free - 1))

/** The entry if it still counts; null if it has expired. */
export const stillCounted = (found: Counted | undefined, { forgetMs }: Schedule, now: number): Counted | null =>
  found && now - found.at <= forgetMs ? found : null

/** Remaining milliseconds of a wait. */
export function remainingWaitMs(found: Counted | undefined, schedule: Schedule, now: number): number {
  const counted = stillCounted(found, schedule, now)
  return counted ? Math.max(0, counted.at + waitAfter(counted.count, schedule) - now) : 0
}

const MAX_NAMES = 20_000

const longestOf = (map: Map<string, Counted>, limits: Limit[], now: number) =>
  Math.max(0, ...limits.map(({ name, schedule }) => remainingWaitMs(map.get(name), schedule, now)))

/** Counted in memory of this process. `kind`: names of one kind don't evict those of another. */
export function memoryTries(kind: string): Tries {
  const counted = () => kept<Counted>(`tries ${kind}`)
  return {
    begin: async (limits, now = Date.now()) => {
      const waitMs = longestOf(counted(), limits, now)
      if (waitMs > 0) return { waitMs, counts: [] }
      const counts = limits.map(({ name, schedule }) => {
        const count = (stillCounted(counted().get(name), schedule, now)?.count ?? 0) + 1
        keep(counted(), name, { count, at: now }, MAX_NAMES)
        return count
      })
      return { waitMs: 0, counts }
    },
    waitOf: async (limits, now = Date.now()) => longestOf(counted(), limits, now),
    takeBack: async (limits, now = Date.now()) => {
      for (const { name, schedule } of limits) {
        const found = counted().get(name)
        if (found) counted().set(name, { count: found.count - 1, at: now - schedule.mostMs })
      }
    },
    forget: async (limits) => {
      for (const { name } of limits) counted().delete(name)
    },
  }
}

/** Counted in Redis for all processes, else like `memoryTries`. */
export function triesOf(kind: string): Tries {
  const own = memoryTries(kind)
  return {
    begin: (limits, now) =>
      shared(
        (redis) => redisTries(redis, kind).begin(limits, now),
        () => own.begin(limits, now),
      ),
    waitOf: (limits, now) =>
      shared(
        (redis) => redisTries(redis, kind).waitOf(limits, now),
        () => own.waitOf(limits, now),
      ),
    takeBack: (limits, now) =>
      shared(
        (redis) => redisTries(redis, kind).takeBack(limits, now),
        () => own.takeBack(limits, now),
      ),
    forget: (limits) =>
      shared(
        (redis) => redisTries(redis, kind).forget(limits),
        () => own.forget(limits),
      ),
  }
}
