import { createHash } from "node:crypto"
import type { Redis } from "ioredis"

type Script = (redis: Redis, keys: string[], args: (string | number)[]) => Promise<unknown>

/**
 * A Lua script, which Redis runs atomically. Sent by its hash, or in full if Redis doesn't know it, for example after a
 * restart.
 */
export function scriptOf(lua: string): Script {
  const sha = createHash("sha1").update(lua).digest("hex")
  return async (redis, keys, args) => {
    try {
      return await redis.evalsha(sha, keys.length, ...keys, ...args)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith("NOSCRIPT"))) throw error
      return redis.eval(lua, keys.length, ...keys, ...args)
    }
  }
}
