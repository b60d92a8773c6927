/**
 * The format of a log in a Redis stream. Entry IDs are derived from event numbers, so Redis itself rejects anything
 * duplicate, late, or written after another process has taken the log: each ID must be above the last one.
 */
import { scriptOf } from "@/lib/redis/script"

/** ID of the first entry, which marks an empty log as existing. */
export const OPENED = "0-1"
/** IDs above all event numbers: the log was taken from its writer, and the log has ended. */
const TAKEN = "9007199254740990-0"
export const ENDED = "9007199254740991-0"
export const idOf = (seq: number): string => `${seq + 1}-0`

/** An entry as returned by Redis: its ID, and alternating fields and values. */
export type RawEntry = [id: string, fields: string[]]

export interface ReadEntry {
  /** Number of the first event; null for the last entry if unknown: its events follow all others. */
  first: number | null
  events: string[]
  ends: boolean
}

/** Null: an entry without events. */
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
/** Fields of the last entry, with the number of preceding events; an entry needs at least one field. */
export const lastFieldsOf = (events: string[], before?: number): string[] => [
  ...(before === undefined ? ["e", ""] : ["n", String(before)]),
  ...fieldsOf(events),
]

/** Milliseconds for which taking a log is remembered: longer than its writer may be suspended and resume. */
export const FENCE_MS = 3_600_000

/** KEYS log, fence; ARGV the fence's TTL, fields. */
export const claimLogScript = scriptOf(`
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
if top and top[1] ~= '${TAKEN}' and top[1] ~= '${ENDED}' then redis.call('XADD', KEYS[1], '${TAKEN}', 'e', '') end
return 1`)

/**
 * KEYS log, fence; ARGV the fence's TTL, the log's TTL from now on, fields of the last entry. Returns 1 if this is the
 * end.
 */
export const endLog = scriptOf(`
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not top or top[1] == '${ENDED}' then return 0 end
redis.call('SET', KEYS[2], 1, 'PX', ARGV[1])
redis.call('XADD', KEYS[1], '${ENDED}', unpack(ARGV, 3))
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`)

/**
 * State of a log whose writer has lost track: the number of the next event, -1 if it doesn't exist, -2 if it was taken.
 * KEYS log, fence.
 */
export const logStateScript = scriptOf(`
if redis.call('EXISTS', KEYS[2]) == 1 then return -2 end
local top = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
if not top then return -1 end
if top[1] == '${ENDED}' or top[1] == '${TAKEN}' then return -2 end
if top[1] == '${OPENED}' then return 0 end
return tonumber(string.match(top[1], '^%d+')) - 1 + #top[2] / 2`)
