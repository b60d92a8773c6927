import type { RedisServer } from "@/lib/redis/connection"
import { singleton } from "@/lib/singleton"

const state = () => singleton<{ server: RedisServer | null }>("redis", () => ({ server: null }))

/** The Redis that this process shares with others; null if it is the only process. */
export const sharedRedis = (): RedisServer | null => state().server

/** Sets the Redis of this process. */
export function registerRedis(server: RedisServer): RedisServer {
  state().server = server
  return server
}
