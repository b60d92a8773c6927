/** What happens to bus and logs when Redis stops, hangs, is full, or comes back without its data. */
import { afterEach, beforeEach, expect, test, vi } from "vitest"
import type { Bus } from "@/lib/bus/bus"
import { createRedisBus } from "@/lib/bus/redis-bus"
import { createRedisLog, type RedisLog } from "@/lib/bus/redis-log"
import { connectRedis, type RedisServer } from "@/lib/redis/connection"
import { OwnRedis } from "@/lib/redis/own-redis.fixture"

interface Joined {
  server: RedisServer
  bus: Bus
  log: RedisLog
}

let redis: OwnRedis
let one: Joined
let other: Joined
let said: string[]

async function join(): Promise<Joined> {
  const server = await connectRedis({ url: redis.url, prefix: "t:" })
  return { server, bus: createRedisBus(server), log: createRedisLog(server) }
}

beforeEach(async () => {
  said = []
  vi.spyOn(console, "info").mockImplementation((text) => void said.push(String(text)))
  redis = await OwnRedis.start("a p@ss/word")
  ;[one, other] = await Promise.all([join(), join()])
})
afterEach(async () => {
  for (const { server, log } of [one, other]) {
    log.close()
    server.close()
  }
  await redis.close()
})

const never = new AbortController().signal

/** Everything a follower gets, and how it ended. */
function following(log: RedisLog, id: string) {
  const seen: string[] = []
  const done = (async () => {
    for await (const batch of (await log.follow(id, -1, never)) ?? [])
      for (const { seq, json } of batch) seen.push(`${seq} ${json}`)
  })()
  done.catch(() => {})
  return { seen, done }
}

const sees = (log: RedisLog, id: string) => log.read(id, -1).then((events) => events?.map(({ json }) => json).join(" "))
const works = (bus: Bus) =>
  bus.publish("t", "after").then(
    () => true,
    () => false,
  )

test("Redis restarts without its data: logs are restored, followers in other processes notice nothing, subscribers are told", async () => {
  const heard: string[] = []
  await other.bus.subscribe("t", { hear: (text) => void heard.push(text), missed: () => void heard.push("missed") })
  await one.log.open("g")
  await one.log.append("g", ["1", "2"])
  const [here, there] = [following(one.log, "g"), following(other.log, "g")]
  await expect.poll(() => there.seen).toEqual(["0 1", "1 2"])
  await redis.stop()
  await expect.poll(() => one.server.isUp()).toBe(false)
  // Events written in the meantime are kept, and can be read in the writer's own process immediately; the same holds
  // for new logs.
  expect(await one.log.append("g", ["3"])).toBe(2)
  await one.log.open("new")
  expect(await one.log.append("new", ["a"])).toBe(0)
  await expect.poll(() => here.seen).toEqual(["0 1", "1 2", "2 3"])
  await expect(other.bus.publish("t", "lost")).rejects.toThrow("unreachable")
  await expect(other.log.read("g", -1)).rejects.toThrow("unreachable")
  await redis.begin()
  await expect.poll(() => heard).toEqual(["missed"])
  await expect.poll(() => works(one.bus)).toBe(true)
  await expect.poll(() => heard).toEqual(["missed", "after"])
  await expect.poll(() => sees(other.log, "new")).toBe("a")
  await one.log.end("g", ["4"])
  await Promise.all([here.done, there.done])
  for (const { seen } of [here, there]) expect(seen).toEqual(["0 1", "1 2", "2 3", "3 4"])
})

test("an answer that ends while Redis is down ends for local followers, and later for the others", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  const here = following(one.log, "g")
  await redis.stop()
  await one.log.append("g", ["2"])
  await one.log.end("g", ["3"])
  await here.done
  expect(here.seen).toEqual(["0 1", "1 2", "2 3"])
  await redis.begin()
  await expect.poll(() => sees(other.log, "g").catch(() => null)).toBe("1 2 3")
})

test("a suspended Redis blocks nobody for long, and all is well when it resumes", async () => {
  await one.log.open("g")
  const there = following(other.log, "g")
  redis.signal("SIGSTOP")
  await one.log.append("g", ["1"])
  await expect.poll(() => one.server.isUp()).toBe(false)
  await one.log.append("g", ["2"])
  redis.signal("SIGCONT")
  await expect.poll(() => works(one.bus)).toBe(true)
  await one.log.append("g", ["3"])
  await one.log.end("g")
  await there.done.catch(() => {})
  await expect.poll(() => sees(other.log, "g").catch(() => null)).toBe("1 2 3")
})

test("a full Redis stores nothing more, and receives what is missing once there is room", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  await redis.tell("CONFIG", "SET", "maxmemory", "1")
  expect(await one.log.append("g", ["2"])).toBe(1)
  expect(await sees(other.log, "g")).toBe("1")
  // The operator is told once.
  await expect.poll(() => one.server.refusal()).toMatch(/^OOM /)
  const told = () => said.filter((line) => /^Redis rejects writes: OOM .* Running answers continue/.test(line)).length
  await expect.poll(told).toBe(2)
  await redis.tell("CONFIG", "SET", "maxmemory", "0")
  await expect.poll(() => sees(other.log, "g")).toBe("1 2")
  await expect.poll(() => one.server.refusal()).toBeNull()
  expect(told()).toBe(2)
})

test("a follower after a long outage is as patient as at the first one", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  const first = following(other.log, "g")
  await expect.poll(() => first.seen).toEqual(["0 1"])
  await redis.stop()
  await expect(first.done).rejects.toThrow("unreachable")
  await redis.begin()
  await expect.poll(() => sees(other.log, "g").catch(() => null)).toBe("1")
  const then = following(other.log, "g")
  await expect.poll(() => then.seen).toEqual(["0 1"])
  // Cuts the blocking connection once more, as it may still be down when the others are back.
  await redis.stop()
  await redis.begin()
  await one.log.append("g", ["2"])
  await one.log.end("g")
  await then.done
  expect(then.seen).toEqual(["0 1", "1 2"])
})

test("a log whose only follower left before it was found is no longer read", async () => {
  await one.log.open("g")
  const blocked = async () => /blocked_clients:(\d+)/.exec(String(await redis.tell("INFO", "clients")))?.[1]
  await other.log.follow("g", -1, AbortSignal.abort())
  // At the latest when the current read is over.
  await expect.poll(blocked, { timeout: 4_000, interval: 400 }).toBe("0")
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(await blocked()).toBe("0")
})

test("two Sparklers with the same prefix in two databases of one Redis don't receive each other's messages", async () => {
  const heard: string[] = []
  const elsewhere = await connectRedis({ url: `${redis.url}/1`, prefix: "t:" })
  await createRedisBus(elsewhere).subscribe("t", { hear: (text) => void heard.push(`elsewhere ${text}`) })
  await other.bus.subscribe("t", { hear: (text) => void heard.push(text) })
  await one.bus.publish("t", "here")
  await createRedisBus(elsewhere).publish("t", "there")
  await expect.poll(() => heard.toSorted()).toEqual(["elsewhere there", "here"])
  elsewhere.close()
})

test("when all keys are deleted by hand, the writer restores its log", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  await redis.tell("FLUSHALL")
  await one.log.append("g", ["2"])
  expect(await sees(other.log, "g")).toBe("1 2")
})

test("a log laid out differently after a restart is read completely, even if the end comes at once", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1", "2"])
  const there = following(other.log, "g")
  await expect.poll(() => there.seen).toEqual(["0 1", "1 2"])
  // As a single entry with more events than the one already read, followed by the end.
  const more = ["1", "2", "3"].flatMap((event) => ["e", event])
  await redis.tell(
    "EVAL",
    `redis.call('DEL', KEYS[1]) redis.call('XADD', KEYS[1], '1-0', unpack(ARGV))
    redis.call('XADD', KEYS[1], '9007199254740991-0', 'n', '3', 'e', '4')`,
    "1",
    "t:log:g",
    ...more,
  )
  await there.done
  expect(there.seen).toEqual(["0 1", "1 2", "2 3", "3 4"])
})

test("a writer whose log was taken while it was disconnected does not restore it", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  await other.log.take("g")
  await other.log.end("g", ["over"])
  await redis.tell("DEL", "t:log:g")
  await expect(one.log.append("g", ["2"])).rejects.toThrow("no open log")
  expect(await other.log.read("g", -1)).toBeNull()
})

test("followers of a log that does not come back are notified", async () => {
  await one.log.open("g")
  await one.log.append("g", ["1"])
  const there = following(other.log, "g")
  await expect.poll(() => there.seen).toEqual(["0 1"])
  // Its writer dies together with Redis.
  one.log.close()
  one.server.close()
  await redis.stop()
  await redis.begin()
  await expect(there.done).rejects.toThrow("no longer exists")
})

test("a process reports an unreachable Redis and does not start", async () => {
  await redis.stop()
  await expect(connectRedis({ url: redis.url, prefix: "t:" }, 200)).rejects.toThrow(
    /^REDIS_URL: Redis at 127\.0\.0\.1:\d+ doesn't respond/,
  )
})
