/** The implementation for several processes: the same cases, each process with its own connections. */
import { afterAll } from "vitest"
import { busCases } from "@/lib/bus/bus.cases"
import { logCases } from "@/lib/bus/log.cases"
import { createRedisBus } from "@/lib/bus/redis-bus"
import { createRedisLog } from "@/lib/bus/redis-log"
import { connectRedis } from "@/lib/redis/connection"
import { localRedis, type TestRedis, withoutRedis } from "@/lib/redis/redis.fixture"

const machines = await localRedis()

if (machines) {
  afterAll(() => machines.clear())
  cases(machines)
} else withoutRedis()

function cases(settings: TestRedis): void {
  busCases(async () => {
    const [one, other] = [await connectRedis(settings), await connectRedis(settings)]
    const close = async () => {
      one.close()
      other.close()
    }
    return { here: createRedisBus(one), there: createRedisBus(other), close }
  })

  logCases(async (lingerMs) => {
    const [one, other] = [await connectRedis(settings), await connectRedis(settings)]
    const [writer, reader] = [createRedisLog(one, lingerMs), createRedisLog(other, lingerMs)]
    const close = async () => {
      writer.close()
      reader.close()
      one.close()
      other.close()
    }
    return { writer, reader, close }
  })
}
