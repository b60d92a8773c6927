/** The event streams that one session holds in this process: many pages that were left open somewhere cost no more. */
import { singleton } from "@/lib/singleton"

/** More than anybody has pages in view: each holds one for the list, and one while an answer is written in it. */
export const MOST_STREAMS = 64

const held = () => singleton("heldStreams", () => new Map<string, Set<() => void>>())

/**
 * One more stream of this person; beyond `MOST_STREAMS` the oldest is cut, so that the newest page always works.
 * Returns what to call when the stream is over.
 */
export function holdStream(owner: string, cut: () => void): () => void {
  const own = held().get(owner) ?? new Set()
  held().set(owner, own.add(cut))
  const [oldest] = own
  if (own.size > MOST_STREAMS && oldest) {
    own.delete(oldest)
    oldest()
  }
  return () => {
    own.delete(cut)
    if (own.size === 0 && held().get(owner) === own) held().delete(owner)
  }
}

/** Cuts all streams that this person holds in this process. */
export function cutStreams(owner: string): void {
  const own = held().get(owner)
  held().delete(owner)
  for (const cut of own ?? []) cut()
}

/** Streams that are held in this process. */
export const streamCount = (): number => [...held().values()].reduce((sum, own) => sum + own.size, 0)

/** Whose streams are held in this process. */
export const streamOwners = (): string[] => [...held().keys()]
