import type { RedisServer } from "@/lib/redis/connection"
import { sharedRedis } from "@/lib/redis/here"

/** Counts in Redis where there is one; while it is away each process counts by itself, so that limits still hold nearly. */
export async function shared<T>(inRedis: (redis: RedisServer) => Promise<T>, here: () => Promise<T>): Promise<T> {
  const redis = sharedRedis()
  if (!redis?.isUp()) return here()
  try {
    return await inRedis(redis)
  } catch {
    return here()
  }
}
