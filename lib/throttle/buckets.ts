/**
 * Rate limits as token buckets that refill over time. Counted in Redis for all processes, else in this one; in-memory
 * buckets are full after a restart.
 */
import { keep, kept } from "@/lib/throttle/kept"
import { takeFromSharedBucket } from "@/lib/throttle/redis-counts"
import { shared } from "@/lib/throttle/shared"

export interface Bucket {
  /** The bucket's size, which is also the number of tokens added per `perMs` milliseconds. */
  most: number
  perMs: number
}

interface Level {
  left: number
  at: number
}

/** Names remembered per kind; the longest inactive one is dropped first, and its bucket is usually full. */
const MAX_NAMES = 20_000

/**
 * Takes one token from the bucket with this name. Returns the milliseconds until the next one is available: 0 if one
 * was taken. A refused request takes nothing. `kind`: names of one kind don't evict those of another.
 */
export const take = (kind: string, name: string, bucket: Bucket, now?: number): Promise<number> =>
  shared(
    (redis) => takeFromSharedBucket(redis, kind, name, bucket, now),
    async () => takeHere(kind, name, bucket, now),
  )

function takeHere(kind: string, name: string, { most, perMs }: Bucket, now = Date.now()): number {
  const levels = kept<Level>(`bucket ${kind}`)
  const { left, at } = levels.get(name) ?? { left: most, at: now }
  // A clock that is set back removes nothing.
  const filled = Math.min(most, left + (Math.max(0, now - at) / perMs) * most)
  keep(levels, name, { left: filled >= 1 ? filled - 1 : filled, at: now }, MAX_NAMES)
  if (filled >= 1) return 0
  return most > 0 ? ((1 - filled) / most) * perMs : perMs
}
