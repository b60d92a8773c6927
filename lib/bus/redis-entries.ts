/**
 * How a log lies in a stream of Redis. Ids are made of the numbers of events, so Redis itself refuses what comes twice,
 * too late, or after another process has taken the log: each id must be above the last one.
 */
import { scriptOf } from "@/lib/redis/script"

/** Of the first entry, by which an empty log is there. */
export const OPENED = "0-1"
/** Above all numbers of events: the log was taken from its writer, and the log is over. */
const TAKEN = "9007199254740990-0"
export const ENDED = "9007199254740991-0"
export const idOf = (seq: number): string => `${seq + 1}-0`

/** An entry as Redis returns it: its id, and fields with values by turns. */
export type RawEntry = [id: string, fields: string[]]

export interface ReadEntry {
  /** Number of the first event; null for the last entry where that isn't known: its events come behind all others. */
  first: number | null
  events: string[]
  ends: boolean
}

/** Null: one that holds no events. */
export function readEntry([id, fields]: RawEntry): ReadEntry | null {
  if (id === OPENED || id === TAKEN) return null
  const events = valuesOf(fields, "e").filter((text) => text !== "")
  if (id !== ENDED) return { first: Number(id.slice(0, id.indexOf("-"))) - 1, events, ends: false }
  const [behind] = valuesOf(fields, "n")
  return { first: behind === undefined ? null : Number(behind), events, ends: true }
}

const valuesOf = (fields: string[], name: string): string[] =>
  fields.filter((_, n) => n % 2 === 1 && fields[n - 1] === name)
export const fieldsOf = (events: string[]): string[] => events.flatMap((event) => ["e", event])
/** Of the last entry, with how many events come before it; an entry has at least one field. */
export const lastFieldsOf = (events: string[], before?: number): string[] => [
  ...(before === undefined ? ["e", ""] : ["n", String(before)]),
  ...fieldsOf(events),
]

/** Milliseconds that is remembered that a log was taken: longer than its writer may sleep and wake up again. */
export const FENCE_MS = 3_600_000

/** KEYS log, fence; ARGV fence's life, fields. */
export const takeLog = scriptOf(`
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
if top and top[1] ~= '${TAKEN}' and top[1] ~= '${ENDED}' then redis.call('XADD', KEYS[1], '${TAKEN}', 'e', '') end
return 1`)

/** KEYS log, fence; ARGV fence's life, life of the log from now on, fields of the last entry. Returns 1 when this is the end. */
export const endLog = scriptOf(`
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not top or top[1] == '${ENDED}' then return 0 end
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
redis.call('XADD', KEYS[1], '${ENDED}', unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`)

/**
 * Where a log stands of which its writer isn't sure: the number of the next event, -1 where there is none, -2 where it was
 * taken. KEYS log, fence.
 */
export const whereLog = scriptOf(`
if redis.call('EXISTS', KEYS[2]) == 1 then return -2 end
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not top then return -1 end
if top[1] == '${ENDED}' or top[1] == '${TAKEN}' then return -2 end
if top[1] == '${OPENED}' then return 0 end
return tonumber(string.match(top[1], '^%d+')) - 1 + #top[2] / 2`)
