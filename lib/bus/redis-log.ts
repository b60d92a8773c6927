import { followEntry } from "@/lib/bus/entry"
import type { EventLog } from "@/lib/bus/log"
import { FINISHED_LOG_TTL_MS } from "@/lib/bus/memory-log"
import { claimLogScript, endLog, FENCE_MS, lastFieldsOf } from "@/lib/bus/redis-entries"
import { LogReader } from "@/lib/bus/redis-reader"
import { LogWriters } from "@/lib/bus/redis-writer"
import type { RedisServer } from "@/lib/redis/connection"

export interface RedisLog extends EventLog {
  /** Stops reading and sending; for tests. */
  close(): void
}

/** The logs of all processes that use this Redis with this prefix. */
export function createRedisLog(redis: RedisServer, lingerMs = FINISHED_LOG_TTL_MS): RedisLog {
  const { keys, commands } = redis
  const reader = new LogReader(redis)
  const writers = new LogWriters(redis, lingerMs, ({ id, entry }) => reader.adopt(id, entry))
  return {
    open: (id) => writers.open(id),
    append: (id, events) => writers.append(id, events),
    take: async (id) => void (await claimLogScript(commands, [keys.log(id), keys.fence(id)], [FENCE_MS])),
    end: async (id, last = []) => {
      const own = writers.get(id)
      if (own && !own.taken) return writers.end(own, last)
      await endLog(commands, [keys.log(id), keys.fence(id)], [FENCE_MS, lingerMs, ...lastFieldsOf(last)])
    },
    read: async (id, after) => {
      const own = writers.get(id)
      const events = own && !own.taken ? own.entry.events : await reader.read(id)
      return events?.slice(after + 1) ?? null
    },
    follow: async (id, after, signal) => {
      const own = writers.get(id)
      return own ? followEntry(own.entry, after, signal) : reader.follow(id, after, signal)
    },
    close: () => {
      writers.close()
      reader.close()
    },
  }
}
