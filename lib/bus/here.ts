/** The bus and log of this process: in memory, reaching only itself, unless it has joined others. */
import type { Bus } from "@/lib/bus/bus"
import type { EventLog } from "@/lib/bus/log"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { createMemoryLog } from "@/lib/bus/memory-log"
import { createRedisBus } from "@/lib/bus/redis-bus"
import { createRedisLog } from "@/lib/bus/redis-log"
import type { RedisSettings } from "@/lib/redis/connection"
import { registerRedis } from "@/lib/redis/here"
import { singleton } from "@/lib/singleton"

export const bus = (): Bus => singleton("bus", createMemoryBus)

export const eventLog = (): EventLog => singleton("eventLog", () => createMemoryLog())

/**
 * Joins the processes that use this Redis; call it before anything uses bus or log. Rejects if Redis is unreachable.
 */
export async function joinProcesses(settings: RedisSettings): Promise<void> {
  // Imported late, so that a single process doesn't load it.
  const { connectRedis } = await import("@/lib/redis/connection")
  const redis = registerRedis(await connectRedis(settings))
  singleton("bus", () => createRedisBus(redis))
  singleton("eventLog", () => createRedisLog(redis))
}
