import type { RedisServer } from "@/lib/redis/connection"
import { singleton } from "@/lib/singleton"

const state = () => singleton<{ server: RedisServer | null }>("redis", () => ({ server: null }))

/** The Redis that this process shares with others; null where it is the only one. */
export const sharedRedis = (): RedisServer | null => state().server

/** From now on it is this one. */
export function keepRedis(server: RedisServer): RedisServer {
  state().server = server
  return server
}
