/** Limits the event streams a user holds in this process, so that many pages left open cost no more. */
import { singleton } from "@/lib/singleton"

/** More than anyone has pages in view: each holds one stream for the list, and one while an answer is being written. */
export const MAX_STREAMS = 64

const held = () => singleton("heldStreams", () => new Map<string, Set<() => void>>())

/**
 * Adds a stream of this user; beyond `MAX_STREAMS` the oldest is cut, so that the newest page always works. Returns a
 * function to call when the stream ends.
 */
export function holdStream(owner: string, cut: () => void): () => void {
  const own = held().get(owner) ?? new Set()
  held().set(owner, own.add(cut))
  const [oldest] = own
  if (own.size > MAX_STREAMS && oldest) {
    own.delete(oldest)
    oldest()
  }
  return () => {
    own.delete(cut)
    if (own.size === 0 && held().get(owner) === own) held().delete(owner)
  }
}

/** Cuts all of this user's streams in this process. */
export function closeStreams(owner: string): void {
  const own = held().get(owner)
  held().delete(owner)
  for (const cut of own ?? []) cut()
}

/** Number of streams in this process. */
export const streamCount = (): number => [...held().values()].reduce((sum, own) => sum + own.size, 0)

/** Users with streams in this process. */
export const streamOwners = (): string[] => [...held().keys()]
