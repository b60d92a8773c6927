/**
 * So many of something in some time: buckets that fill up again. Counted in Redis for all processes, else in this one: after
 * a restart they are full.
 */
import { keep, kept } from "@/lib/throttle/kept"
import { takeShared } from "@/lib/throttle/redis-counts"
import { shared } from "@/lib/throttle/shared"

export interface Bucket {
  /** How many at once, and within `perMs` milliseconds. */
  most: number
  perMs: number
}

interface Level {
  left: number
  at: number
}

/** Names that are remembered of each kind; who was quiet longest goes first, and has a full bucket mostly. */
const MOST_NAMES = 20_000

/**
 * Takes one from the bucket of this name. Returns the milliseconds until the next one is free: 0 when it was taken. What is
 * refused takes nothing. `kind`: those of one kind push no others out of the memory.
 */
export const take = (kind: string, name: string, bucket: Bucket, now?: number): Promise<number> =>
  shared(
    (redis) => takeShared(redis, kind, name, bucket, now),
    async () => takeHere(kind, name, bucket, now),
  )

function takeHere(kind: string, name: string, { most, perMs }: Bucket, now = Date.now()): number {
  const levels = kept<Level>(`bucket ${kind}`)
  const { left, at } = levels.get(name) ?? { left: most, at: now }
  // A clock that is set back takes nothing away.
  const filled = Math.min(most, left + (Math.max(0, now - at) / perMs) * most)
  keep(levels, name, { left: filled >= 1 ? filled - 1 : filled, at: now }, MOST_NAMES)
  if (filled >= 1) return 0
  return most > 0 ? ((1 - filled) / most) * perMs : perMs
}
