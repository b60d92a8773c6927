import type { EventLog, LogEvent } from "@/lib/bus/log"

/** Milliseconds that a finished log stays, for followers that were reconnecting. */
const LINGER_MS = 30_000

interface Entry {
  events: LogEvent[]
  ended: boolean
  wakers: Set<() => void>
}

/** The log of one process. */
export function createMemoryLog(lingerMs = LINGER_MS): EventLog {
  const entries = new Map<string, Entry>()

  const wake = (entry: Entry) => {
    const wakers = [...entry.wakers]
    entry.wakers.clear()
    for (const waker of wakers) waker()
  }

  const add = (entry: Entry, events: string[]) => {
    for (const json of events) entry.events.push({ seq: entry.events.length, json })
    wake(entry)
  }

  return {
    open: async (id) => {
      entries.set(id, { events: [], ended: false, wakers: new Set() })
    },
    append: async (id, events) => {
      const entry = entries.get(id)
      if (!entry || entry.ended) throw new Error(`no open log ${id}`)
      add(entry, events)
      return entry.events.length - 1
    },
    end: async (id, last = []) => {
      const entry = entries.get(id)
      if (!entry || entry.ended) return
      entry.ended = true
      add(entry, last)
      setTimeout(() => entries.delete(id), lingerMs).unref()
    },
    read: async (id, after) => entries.get(id)?.events.slice(after + 1) ?? null,
    follow: async (id, after, signal) => {
      const entry = entries.get(id)
      return entry ? followEntry(entry, after, signal) : null
    },
  }
}

/** Events from behind `after` on, in batches. By hand, not by a generator: this is done for every token. */
function followEntry(entry: Entry, after: number, signal: AbortSignal): AsyncIterableIterator<LogEvent[]> {
  let next = after + 1
  let waiting: ((result: IteratorResult<LogEvent[]>) => void) | null = null
  const wake = () => {
    const result = waiting && take()
    if (!result) return void (waiting && entry.wakers.add(wake))
    waiting?.(result)
    waiting = null
  }
  const take = (): IteratorResult<LogEvent[]> | null => {
    if (!signal.aborted && next < entry.events.length) {
      const value = batchOf(entry.events, next)
      next += value.length
      return { done: false, value }
    }
    if (!signal.aborted && !entry.ended) return null
    entry.wakers.delete(wake)
    signal.removeEventListener("abort", wake)
    return END
  }
  signal.addEventListener("abort", wake)
  const iterator: AsyncIterableIterator<LogEvent[]> = {
    next: () =>
      new Promise((resolve) => {
        waiting = resolve
        wake()
      }),
    [Symbol.asyncIterator]: () => iterator,
  }
  return iterator
}

/** Characters of events that are handed over together: a replay of a long answer comes in pieces. */
const MOST_TOGETHER = 256_000

function batchOf(events: LogEvent[], from: number): LogEvent[] {
  let size = 0
  let to = from
  while (to < events.length && size < MOST_TOGETHER) size += events[to++]?.json.length ?? 0
  return events.slice(from, to)
}

const END = { done: true, value: undefined } as const
