/** The events of one log in the memory of a process, and their followers. */
import type { LogEvent } from "@/lib/bus/log"

export interface Entry {
  events: LogEvent[]
  ended: boolean
  /** No more events will arrive here although the log has not ended; followers get this error. */
  failed: Error | null
  wakers: Set<() => void>
}

export const newEntry = (): Entry => ({ events: [], ended: false, failed: null, wakers: new Set() })

/** Numbers the events and passes them to the followers. */
export function addTo(entry: Entry, events: string[]): void {
  for (const json of events) entry.events.push({ seq: entry.events.length, json })
  wake(entry)
}

export function endEntry(entry: Entry, last: string[]): void {
  entry.ended = true
  addTo(entry, last)
}

export function failEntry(entry: Entry, error: Error): void {
  entry.failed = error
  wake(entry)
}

function wake(entry: Entry): void {
  const wakers = [...entry.wakers]
  entry.wakers.clear()
  for (const waker of wakers) waker()
}

type Waiting = { resolve(result: IteratorResult<LogEvent[]>): void; reject(error: Error): void }

/**
 * Events after number `after`, in batches. A hand-written iterator instead of a generator, because this runs for every
 * token.
 */
export function followEntry(entry: Entry, after: number, signal: AbortSignal): AsyncIterableIterator<LogEvent[]> {
  let next = after + 1
  let waiting: Waiting | null = null
  const wake = () => {
    if (!waiting) return
    const result = take()
    if (!result) return void entry.wakers.add(wake)
    const { resolve, reject } = waiting
    waiting = null
    if (result instanceof Error) reject(result)
    else resolve(result)
  }
  const take = (): IteratorResult<LogEvent[]> | Error | null => {
    if (!signal.aborted && next < entry.events.length) {
      const value = batchOf(entry.events, next)
      next += value.length
      return { done: false, value }
    }
    if (!signal.aborted && !entry.ended && !entry.failed) return null
    entry.wakers.delete(wake)
    signal.removeEventListener("abort", wake)
    return !signal.aborted && !entry.ended && entry.failed ? entry.failed : END
  }
  signal.addEventListener("abort", wake)
  const iterator: AsyncIterableIterator<LogEvent[]> = {
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        wake()
      }),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** Characters of events per batch, so that a replay of a long answer comes in pieces. */
const MAX_TOGETHER = 256_000

function batchOf(events: LogEvent[], from: number): LogEvent[] {
  let size = 0
  let to = from
  while (to < events.length && size < MAX_TOGETHER) size += events[to++]?.json.length ?? 0
  return events.slice(from, to)
}

const END = { done: true, value: undefined } as const
