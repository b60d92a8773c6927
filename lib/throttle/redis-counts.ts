/** Buckets and attempts counted in Redis for all processes, by Redis's clock unless a time is given. */
import type { RedisServer } from "@/lib/redis/connection"
import { scriptOf } from "@/lib/redis/script"
import type { Bucket } from "@/lib/throttle/buckets"
import type { Limit, Tries } from "@/lib/throttle/tries"

/** ARGV[1]: milliseconds, or -1 for Redis's time. */
const NOW = `
local now = tonumber(ARGV[1])
if now < 0 then
  local time = redis.call('TIME')
  now = time[1] * 1000 + math.floor(time[2] / 1000)
end
local function text(number) return string.format('%.17g', number) end`

/** KEYS the bucket; ARGV now, most, perMs. Returns milliseconds. */
const takeOne = scriptOf(`${NOW}
local most, per = tonumber(ARGV[2]), tonumber(ARGV[3])
local kept = redis.call('HMGET', KEYS[1], 'left', 'at')
local left, at = tonumber(kept[1]) or most, tonumber(kept[2]) or now
local filled = math.min(most, left + math.max(0, now - at) / per * most)
local taken = filled >= 1
redis.call('HSET', KEYS[1], 'left', text(taken and filled - 1 or filled), 'at', text(now))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if taken then return '0' end
return text(most > 0 and (1 - filled) / most * per or per)`)

/** Like `take` in lib/throttle/buckets.ts. */
export async function takeFromSharedBucket(
  { keys, commands }: RedisServer,
  kind: string,
  name: string,
  { most, perMs }: Bucket,
  now = -1,
): Promise<number> {
  return Number(await takeOne(commands, [keys.throttle(`bucket ${kind}`, name)], [now, most, perMs]))
}

/** Like `remainingWaitMs` in lib/throttle/tries.ts; ARGV per key, starting at 2: free, firstMs, mostMs, forgetMs. */
const WAIT = `${NOW}
local function counted(n)
  local kept = redis.call('HMGET', KEYS[n], 'count', 'at')
  local count, at = tonumber(kept[1]), tonumber(kept[2])
  if not count or now - at > tonumber(ARGV[4 * n + 1]) then return 0, 0 end
  return count, at
end
local function schedule(n) return tonumber(ARGV[4 * n - 2]), tonumber(ARGV[4 * n - 1]), tonumber(ARGV[4 * n]) end
local wait = 0
for n = 1, #KEYS do
  local count, at = counted(n)
  local free, first, most = schedule(n)
  if count > free then
    wait = math.max(wait, at + math.min(most, first * 2 ^ math.min(30, count - free - 1)) - now)
  end
end`
const waitOf = scriptOf(`${WAIT}
return text(wait)`)
/** Returns the wait, or 0 followed by the counts. */
const beginOnes = scriptOf(`${WAIT}
if wait > 0 then return { text(wait) } end
local counts = { '0' }
for n = 1, #KEYS do
  local count = counted(n) + 1
  redis.call('HSET', KEYS[n], 'count', count, 'at', text(now))
  redis.call('PEXPIRE', KEYS[n], ARGV[4 * n + 1])
  counts[n + 1] = tostring(count)
end
return counts`)
const takeBackOnes = scriptOf(`${NOW}
for n = 1, #KEYS do
  if redis.call('EXISTS', KEYS[n]) == 1 then
    redis.call('HINCRBY', KEYS[n], 'count', -1)
    redis.call('HSET', KEYS[n], 'at', text(now - tonumber(ARGV[4 * n])))
  end
end
return 1`)

const argumentsOf = (limits: Limit[], now: number): number[] => [
  now,
  ...limits.flatMap(({ schedule: { free, firstMs, mostMs, forgetMs } }) => [free, firstMs, mostMs, forgetMs]),
]

/** Like `memoryTries`. */
export function redisTries({ keys, commands }: RedisServer, kind: string): Tries {
  const keysOf = (limits: Limit[]) => limits.map(({ name }) => keys.throttle(`tries ${kind}`, name))
  return {
    begin: async (limits, now = -1) => {
      const said = await beginOnes(commands, keysOf(limits), argumentsOf(limits, now))
      const [waitMs = 0, ...counts] = Array.isArray(said) ? said.map(Number) : []
      return { waitMs, counts }
    },
    waitOf: async (limits, now = -1) => Number(await waitOf(commands, keysOf(limits), argumentsOf(limits, now))),
    takeBack: async (limits, now = -1) => void (await takeBackOnes(commands, keysOf(limits), argumentsOf(limits, now))),
    forget: async (limits) => void (await commands.del(keysOf(limits))),
  }
}
