/**
 * Other processes' logs that are followed here: each read once, however many follow it, and all with a single blocking
 * read.
 */
import { setTimeout as wait } from "node:timers/promises"
import type { Redis } from "ioredis"
import { v7 as uuidv7 } from "uuid"
import { addTo, type Entry, endEntry, failEntry, followEntry, newEntry } from "@/lib/bus/entry"
import type { LogEvent } from "@/lib/bus/log"
import { type RawEntry, readEntry } from "@/lib/bus/redis-entries"
import { logFault } from "@/lib/log"
import { RedisAway } from "@/lib/redis/away"
import type { RedisServer } from "@/lib/redis/connection"

/** Milliseconds that a read blocks: less than Redis' response timeout. */
const BLOCK_MS = 1_500
/** Entries per log and read. */
const MAX_ENTRIES = 500
/**
 * Milliseconds that followers wait for an unreachable Redis, or a missing log in it, so that a restart goes unnoticed.
 */
const PATIENCE_MS = 5_000
/** Milliseconds without an event after which to check that the log still exists. */
const QUIET_MS = 60_000
const PAUSE_MS = 100

interface Mirror {
  id: string
  entry: Entry
  lastId: string
  followers: number
  /** Must be read from its beginning: Redis was unreachable, and the entries may have changed. */
  stale: boolean
  /** Time of the last event, or of the last check. */
  heardAt: number
  goneAt: number | null
}

export class LogReader {
  private readonly mirrors = new Map<string, Mirror>()
  private readonly asked = new Map<string, Promise<Mirror | null>>()
  private readonly wakeKey: string
  private wakeId = "0-0"
  private connection: Redis | null = null
  private reading = false
  private awaySince: number | null = null
  private closed = false

  constructor(private readonly redis: RedisServer) {
    this.wakeKey = redis.keys.wake(uuidv7())
  }

  /** The current events of a log; null if there is none. */
  async read(id: string): Promise<LogEvent[] | null> {
    const mirror = mirrorOf(id, newEntry())
    return (await this.readWhole(mirror)) ? mirror.entry.events : null
  }

  async follow(id: string, after: number, signal: AbortSignal): Promise<AsyncIterable<LogEvent[]> | null> {
    const mirror = this.mirrors.get(id) ?? (await this.find(id))
    if (!mirror) return null
    this.count(mirror, signal)
    return followEntry(mirror.entry, after, signal)
  }

  /** Follows a log that was this process's own, and that another one is going to end. */
  adopt(id: string, entry: Entry): void {
    this.add({ ...mirrorOf(id, entry), followers: 1, stale: true })
  }

  close(): void {
    this.closed = true
    for (const { entry } of this.mirrors.values()) failEntry(entry, new RedisAway())
    this.mirrors.clear()
    this.connection?.disconnect()
  }

  private find(id: string): Promise<Mirror | null> {
    const known = this.asked.get(id)
    if (known) return known
    const found = this.look(id).finally(() => this.asked.delete(id))
    this.asked.set(id, found)
    return found
  }

  private async look(id: string): Promise<Mirror | null> {
    const mirror = mirrorOf(id, newEntry())
    if (!(await this.readWhole(mirror))) return null
    if (!mirror.entry.ended) this.add(mirror)
    return mirror
  }

  private count(mirror: Mirror, signal: AbortSignal): void {
    if (signal.aborted) {
      // Otherwise nobody would ever drop it; deferred, because concurrent callers count themselves in this turn.
      setImmediate(() => mirror.followers === 0 && this.drop(mirror))
      return
    }
    mirror.followers++
    const leave = () => {
      mirror.followers--
      if (mirror.followers === 0) this.drop(mirror)
    }
    signal.addEventListener("abort", leave, { once: true })
  }

  private add(mirror: Mirror): void {
    this.mirrors.set(mirror.id, mirror)
    if (!this.reading) void this.readOn()
    // The current blocking read doesn't include this one, so wake it up.
    else
      this.redis.commands
        .pipeline()
        .xadd(this.wakeKey, "MAXLEN", 1, "*", "w", "")
        .pexpire(this.wakeKey, QUIET_MS)
        .exec()
        .catch(() => {})
  }

  private drop(mirror: Mirror): void {
    if (this.mirrors.get(mirror.id) === mirror) this.mirrors.delete(mirror.id)
  }

  /** Reads as long as anything is followed. */
  private async readOn(): Promise<void> {
    this.reading = true
    while (this.mirrors.size > 0) {
      try {
        const complete = await this.refresh()
        await this.readNext(complete ? BLOCK_MS : PAUSE_MS)
        this.awaySince = null
      } catch (error) {
        await this.goOn(error)
      }
    }
    this.reading = false
  }

  private async goOn(error: unknown): Promise<void> {
    if (this.closed) return
    this.awaySince ??= Date.now()
    for (const mirror of this.mirrors.values()) mirror.stale = true
    if (Date.now() - this.awaySince > PATIENCE_MS) {
      if (this.redis.isUp()) logFault("reading answer logs of other processes", error)
      for (const mirror of this.mirrors.values()) failEntry(mirror.entry, new RedisAway(error))
      this.mirrors.clear()
      // The next follower starts with a full timeout.
      this.awaySince = null
    } else await wait(PAUSE_MS)
  }

  /** Rereads stale logs. False if some of them don't exist yet. */
  private async refresh(): Promise<boolean> {
    const now = Date.now()
    const all = [...this.mirrors.values()].filter(({ stale, heardAt }) => stale || now - heardAt > QUIET_MS)
    await Promise.all(all.map((mirror) => this.refreshOne(mirror)))
    return all.every(({ stale }) => !stale)
  }

  private async refreshOne(mirror: Mirror): Promise<void> {
    if (await this.readWhole(mirror)) {
      mirror.goneAt = null
      return
    }
    // Its writer restores it, if it is alive.
    mirror.stale = true
    mirror.goneAt ??= Date.now()
    if (Date.now() - mirror.goneAt <= PATIENCE_MS) return
    failEntry(mirror.entry, new Error(`the log ${mirror.id} no longer exists`))
    this.drop(mirror)
  }

  private async readWhole(mirror: Mirror): Promise<boolean> {
    let entries: RawEntry[]
    try {
      entries = await this.redis.commands.xrange(this.redis.keys.log(mirror.id), "-", "+")
    } catch (error) {
      throw new RedisAway(error)
    }
    mirror.stale = false
    this.take(mirror, entries)
    return entries.length > 0
  }

  private async readNext(blockMs: number): Promise<void> {
    this.connection ??= this.redis.another()
    if (this.connection.status === "wait") await this.connection.connect()
    const { keys } = this.redis
    // The entries of a stale log may have changed, so its last ID can't be used.
    const sure = [...this.mirrors.values()].filter(({ stale }) => !stale)
    const mirrors = new Map(sure.map((mirror) => [keys.log(mirror.id), mirror]))
    const read = await this.connection.xread(
      ...(["COUNT", MAX_ENTRIES, "BLOCK", blockMs, "STREAMS"] as const),
      ...[this.wakeKey, ...mirrors.keys()],
      ...[this.wakeId, ...sure.map(({ lastId }) => lastId)],
    )
    for (const [key, entries] of read ?? []) {
      if (key === this.wakeKey) this.wakeId = entries.at(-1)?.[0] ?? this.wakeId
      const mirror = mirrors.get(key)
      if (mirror) this.take(mirror, entries)
    }
  }

  private take(mirror: Mirror, entries: RawEntry[]): void {
    mirror.heardAt = Date.now()
    for (const raw of entries) {
      mirror.lastId = raw[0]
      const read = readEntry(raw)
      if (!read || mirror.entry.ended) continue
      const known = read.first === null ? 0 : mirror.entry.events.length - read.first
      if (known < 0) {
        mirror.stale = true
        return
      }
      if (read.ends) {
        endEntry(mirror.entry, read.events.slice(known))
        this.drop(mirror)
      } else if (known < read.events.length) addTo(mirror.entry, read.events.slice(known))
    }
  }
}

const mirrorOf = (id: string, entry: Entry): Mirror => ({
  ...{ id, entry, lastId: "0-0", followers: 0 },
  ...{ stale: false, heardAt: Date.now(), goneAt: null },
})
