import { createHash } from "node:crypto"
import type { Redis } from "ioredis"

type Script = (redis: Redis, keys: string[], args: (string | number)[]) => Promise<unknown>

/** A Lua script, which Redis runs as one step. Sent by its hash; whole where Redis does not know it, as after a restart. */
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
