/** The machine's Redis for tests, with separate keys for each test. */
import { Redis } from "ioredis"
import { v7 as uuidv7 } from "uuid"
import { expect, test } from "vitest"

const MACHINES = process.env.TEST_REDIS_URL ?? "redis://127.0.0.1:6379"

export interface TestRedis {
  url: string
  /** Prefix of keys that no other test uses. */
  prefix: string
  /** Deletes these keys. */
  clear(): Promise<void>
}

/** The machine's Redis; null if none responds. */
export async function localRedis(): Promise<TestRedis | null> {
  const prefix = `sparkler-test:${uuidv7()}:`
  const redis = new Redis(MACHINES, { lazyConnect: true, retryStrategy: null, connectTimeout: 60_000 })
  redis.on("error", () => {})
  const answers = await redis.connect().then(
    () => true,
    () => false,
  )
  redis.disconnect()
  return answers ? { url: MACHINES, prefix, clear: () => removeKeys(MACHINES, prefix) } : null
}

async function removeKeys(url: string, prefix: string): Promise<void> {
  const redis = new Redis(url)
  for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 }))
    if (keys.length > 0) await redis.unlink(keys)
  await redis.quit()
}

/** Placeholder for tests without Redis: skipped and counted at home, a failure in CI. */
export function withoutRedis(): void {
  test("needs Redis", ({ skip }) => {
    if (!process.env.CI) skip("No Redis is reachable (TEST_REDIS_URL).")
    expect.unreachable("CI has to start Redis")
  })
}
