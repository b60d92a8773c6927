/**
 * Tries that have to wait longer the more there were. A try is counted before it is known how it ends, so that of many at once
 * no more come through; one during a wait is not counted and lengthens nothing.
 */
import { keep, kept } from "@/lib/throttle/kept"
import { redisTries } from "@/lib/throttle/redis-counts"
import { shared } from "@/lib/throttle/shared"

export interface Schedule {
  /** Tries that no wait follows. */
  free: number
  /** Milliseconds of the first wait; each one behind it is twice as long, up to the longest. */
  firstMs: number
  mostMs: number
  /** Milliseconds without a try after which all is forgotten; longer than the longest wait. */
  forgetMs: number
}

/** What is counted under a name. */
export interface Limit {
  name: string
  schedule: Schedule
}

export interface Counted {
  count: number
  /** Of the last try, in milliseconds. */
  at: number
}

export interface Begun {
  /** Milliseconds that are left of the longest wait: above 0 nothing was counted. */
  waitMs: number
  /** How many there were of each, with this one. */
  counts: number[]
}

/** Where they are counted. `now` in milliseconds. */
export interface Tries {
  /** Counts one of each, unless one of them has to wait: all or none. */
  begin(limits: Limit[], now?: number): Promise<Begun>
  /** Milliseconds until another may begin. Counts nothing. */
  waitOf(limits: Limit[], now?: number): Promise<number>
  /** One that came off: it counts no more, and no wait follows it. */
  takeBack(limits: Limit[], now?: number): Promise<void>
  /** Nothing is held against these any more. */
  forget(limits: Limit[]): Promise<void>
}

/** Milliseconds to wait after so many. */
export const waitAfter = (count: number, { free, firstMs, mostMs }: Schedule): number =>
  count <= free ? 0 : Math.min(mostMs, firstMs * 2 ** Math.min(30, count - free - 1))

/** What is left of what was counted; null when it is forgotten. */
export const stillCounted = (found: Counted | undefined, { forgetMs }: Schedule, now: number): Counted | null =>
  found && now - found.at <= forgetMs ? found : null

/** Milliseconds that are left of a wait. */
export function waitLeft(found: Counted | undefined, schedule: Schedule, now: number): number {
  const counted = stillCounted(found, schedule, now)
  return counted ? Math.max(0, counted.at + waitAfter(counted.count, schedule) - now) : 0
}

const MOST_NAMES = 20_000

const longestOf = (map: Map<string, Counted>, limits: Limit[], now: number) =>
  Math.max(0, ...limits.map(({ name, schedule }) => waitLeft(map.get(name), schedule, now)))

/** Counted in this process, and forgotten with it. `kind`: those of one kind push no others out of the memory. */
export function memoryTries(kind: string): Tries {
  const counted = () => kept<Counted>(`tries ${kind}`)
  return {
    begin: async (limits, now = Date.now()) => {
      const waitMs = longestOf(counted(), limits, now)
      if (waitMs > 0) return { waitMs, counts: [] }
      const counts = limits.map(({ name, schedule }) => {
        const count = (stillCounted(counted().get(name), schedule, now)?.count ?? 0) + 1
        keep(counted(), name, { count, at: now }, MOST_NAMES)
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

/** Counted in Redis for all processes together, else as `memoryTries`. */
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
