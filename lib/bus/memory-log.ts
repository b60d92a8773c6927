import { addTo, type Entry, endEntry, followEntry, newEntry } from "@/lib/bus/entry"
import type { EventLog } from "@/lib/bus/log"

/** Milliseconds that a finished log is kept for reconnecting followers. */
export const FINISHED_LOG_TTL_MS = 30_000

/** The log of a single process. */
export function createMemoryLog(lingerMs = FINISHED_LOG_TTL_MS): EventLog {
  const entries = new Map<string, Entry>()
  const taken = new Set<string>()

  return {
    open: async (id) => {
      entries.set(id, newEntry())
    },
    append: async (id, events) => {
      const entry = entries.get(id)
      if (!entry || entry.ended || taken.has(id)) throw new Error(`no open log ${id}`)
      addTo(entry, events)
      return entry.events.length - 1
    },
    take: async (id) => {
      if (entries.get(id)?.ended === false) taken.add(id)
    },
    end: async (id, last = []) => {
      const entry = entries.get(id)
      if (!entry || entry.ended) return
      endEntry(entry, last)
      setTimeout(() => {
        entries.delete(id)
        taken.delete(id)
      }, lingerMs).unref()
    },
    read: async (id, after) => entries.get(id)?.events.slice(after + 1) ?? null,
    follow: async (id, after, signal) => {
      const entry = entries.get(id)
      return entry ? followEntry(entry, after, signal) : null
    },
  }
}
