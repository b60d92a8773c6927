/** Limits shared by all processes: the same cases as for one process. */
import { afterAll, beforeAll, expect, test } from "vitest"
import { connectRedis, type RedisServer } from "@/lib/redis/connection"
import { registerRedis } from "@/lib/redis/here"
import { localRedis, type TestRedis, withoutRedis } from "@/lib/redis/redis.fixture"
import { take } from "@/lib/throttle/buckets"
import { bucketCases } from "@/lib/throttle/buckets.cases"
import { resetThrottles } from "@/lib/throttle/kept"
import { triesOf } from "@/lib/throttle/tries"
import { triesCases } from "@/lib/throttle/tries.cases"

const machines = await localRedis()
if (machines) cases(machines)
else withoutRedis()

function cases(settings: TestRedis): void {
  let server: RedisServer
  beforeAll(async () => {
    server = registerRedis(await connectRedis(settings))
  })
  afterAll(async () => {
    server.close()
    await settings.clear()
  })

  bucketCases()
  triesCases("in Redis", triesOf("cases"))

  test("the process counts locally only while Redis is unavailable", async () => {
    const bucket = { most: 1, perMs: 3_600_000 }
    expect(await take("kind", "ada", bucket)).toBe(0)
    resetThrottles()
    expect(await take("kind", "ada", bucket)).toBeGreaterThan(0)
    server.close()
    expect(await take("kind", "ada", bucket)).toBe(0)
    expect(await take("kind", "ada", bucket)).toBeGreaterThan(0)
  })
}
