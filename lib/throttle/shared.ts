import type { RedisServer } from "@/lib/redis/connection"
import { sharedRedis } from "@/lib/redis/here"

/**
 * Counts in Redis if there is one. While it is unreachable, each process counts separately, so that limits still hold
 * approximately.
 */
export async function shared<T>(inRedis: (redis: RedisServer) => Promise<T>, here: () => Promise<T>): Promise<T> {
  const redis = sharedRedis()
  if (!redis?.isUp()) return here()
  try {
    return await inRedis(redis)
  } catch {
    return here()
  }
}
