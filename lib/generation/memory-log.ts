import type { GenerationLog, LogEvent } from "@/lib/generation/log"

/** Milliseconds that a finished log stays, for followers that were reconnecting. */
const LINGER_MS = 30_000

interface Entry {
  events: LogEvent[]
  ended: boolean
  wakers: Set<() => void>
}

/** The log of one process. */
export function createMemoryLog(lingerMs = LINGER_MS): GenerationLog {
  const entries = new Map<string, Entry>()

  const wake = (entry: Entry) => {
    const wakers = [...entry.wakers]
    entry.wakers.clear()
    for (const waker of wakers) waker()
  }

  return {
    open: async (id) => {
      entries.set(id, { events: [], ended: false, wakers: new Set() })
    },
    append: async (id, chunks) => {
      const entry = entries.get(id)
      if (!entry || entry.ended) throw new Error(`no open log for generation ${id}`)
      for (const chunk of chunks) entry.events.push({ seq: entry.events.length, json: JSON.stringify(chunk) })
      wake(entry)
      return entry.events.length - 1
    },
    end: async (id) => {
      const entry = entries.get(id)
      if (!entry) return
      entry.ended = true
      wake(entry)
      setTimeout(() => entries.delete(id), lingerMs).unref()
    },
    follow: async (id, after, signal) => {
      const entry = entries.get(id)
      return entry ? followEntry(entry, after, signal) : null
    },
  }
}

async function* followEntry(entry: Entry, after: number, signal: AbortSignal): AsyncGenerator<LogEvent[]> {
  let next = after + 1
  while (!signal.aborted) {
    if (next < entry.events.length) {
      const batch = entry.events.slice(next)
      next = entry.events.length
      yield batch
    } else if (entry.ended) return
    else await changed(entry, signal)
  }
}

function changed(entry: Entry, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      entry.wakers.delete(done)
      signal.removeEventListener("abort", done)
      resolve()
    }
    entry.wakers.add(done)
    signal.addEventListener("abort", done)
  })
}
