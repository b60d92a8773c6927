/** The makes that this process uses: in memory, so it hears itself only, unless it has joined others. */
import type { Bus } from "@/lib/bus/bus"
import type { EventLog } from "@/lib/bus/log"
import { createMemoryBus } from "@/lib/bus/memory-bus"
import { createMemoryLog } from "@/lib/bus/memory-log"
import { createRedisBus } from "@/lib/bus/redis-bus"
import { createRedisLog } from "@/lib/bus/redis-log"
import type { RedisSettings } from "@/lib/redis/connection"
import { keepRedis } from "@/lib/redis/here"
import { singleton } from "@/lib/singleton"

export const bus = (): Bus => singleton("bus", createMemoryBus)

export const eventLog = (): EventLog => singleton("eventLog", () => createMemoryLog())

/** Joins the processes that use this Redis; before anything asks for bus or log. Rejects when it is out of reach. */
export async function joinProcesses(settings: RedisSettings): Promise<void> {
  // A process that is alone doesn't carry it.
  const { connectRedis } = await import("@/lib/redis/connection")
  const redis = keepRedis(await connectRedis(settings))
  singleton("bus", () => createRedisBus(redis))
  singleton("eventLog", () => createRedisLog(redis))
}
