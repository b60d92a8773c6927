import { FairQueue } from "@/lib/work/queue"

interface Waiting {
  person: string
  begin(): void
}

/**
 * Runs at most `most` tasks at once, `ofOne` per person; the others wait, and people take turns, so that one person's
 * requests don't block anyone else's.
 */
export function createFairLimiter(
  most: number,
  ofOne: number,
): <T>(person: string, work: () => Promise<T>) => Promise<T> {
  let running = 0
  const own = new Map<string, number>()
  const waiting = new FairQueue<Waiting>()
  const ownOf = (person: string) => own.get(person) ?? 0
  const enter = (person: string) => {
    running++
    own.set(person, ownOf(person) + 1)
  }
  const leave = (person: string) => {
    running--
    if (ownOf(person) > 1) own.set(person, ownOf(person) - 1)
    else own.delete(person)
    const next = waiting.take((other) => ownOf(other) < ofOne)
    if (!next) return
    enter(next.person)
    next.begin()
  }
  return async (person, work) => {
    if (running < most && ownOf(person) < ofOne) enter(person)
    else await new Promise<void>((begin) => waiting.push({ person, begin }))
    try {
      return await work()
    } finally {
      leave(person)
    }
  }
}
