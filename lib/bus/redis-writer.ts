/**
 * The logs that this process writes. They are in its memory, where its own followers read them, and continue while
 * Redis is unreachable; what Redis doesn't have yet is sent in one round trip for all of them.
 */
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises"
import type { ChainableCommander } from "ioredis"
import { addTo, type Entry, endEntry, newEntry } from "@/lib/bus/entry"
import { ENDED, fieldsOf, idOf, lastFieldsOf, logStateScript, OPENED } from "@/lib/bus/redis-entries"
import { logFault } from "@/lib/log"
import type { RedisServer } from "@/lib/redis/connection"

/**
 * Milliseconds that a log stays in Redis after its writer was last heard from, and interval at which a live writer
 * renews it.
 */
const LIFE_MS = 5 * 60_000
const RENEW_MS = 60_000
/** Milliseconds that an answer waits until other processes can read its log. */
const OPEN_MS = 250
const AGAIN_MS = 500
/** Characters per entry, unless a single event is longer. */
const MAX_OF_ENTRY = 256_000

export interface Own {
  id: string
  entry: Entry
  /** Number of events in Redis; `sure`: known to be exact. */
  sent: number
  sure: boolean
  opened: boolean
  /** The last events, once known, and how many events precede them. */
  last: string[] | null
  upTo: number | null
  /** Another process has taken it. */
  taken: boolean
}

interface Sending {
  own: Own
  /** Number after the last event, and whether the end is included. */
  upTo: number
  ends: boolean
  /** Range of its commands in the pipeline. */
  from: number
  to: number
}

const closed = (id: string) => new Error(`no open log ${id}`)

export class LogWriters {
  private readonly own = new Map<string, Own>()
  private readonly waiting = new Set<Own>()
  private sending: Promise<void> = Promise.resolve()
  private next: Promise<void> | null = null
  private again: NodeJS.Timeout | null = null
  private readonly renewing: NodeJS.Timeout
  private readonly leave: () => void

  /** `onTaken`: from then on the log continues only in Redis. */
  constructor(
    private readonly redis: RedisServer,
    private readonly lingerMs: number,
    private readonly onTaken: (own: Own) => void,
  ) {
    this.renewing = setInterval(() => this.renew(), RENEW_MS).unref()
    this.leave = redis.onBack(() => {
      for (const own of this.own.values()) this.doubt(own)
      void this.flush()
    })
  }

  get(id: string): Own | undefined {
    return this.own.get(id)
  }

  async open(id: string): Promise<void> {
    const own = { id, entry: newEntry(), sent: 0, sure: true, opened: false, last: null, upTo: null, taken: false }
    this.own.set(id, own)
    this.waiting.add(own)
    const late = new AbortController()
    await Promise.race([this.flush(), wait(OPEN_MS, undefined, { signal: late.signal, ref: false }).catch(() => {})])
    late.abort()
  }

  async append(id: string, events: string[]): Promise<number> {
    const own = this.own.get(id)
    if (!own || own.taken || own.last || own.entry.ended) throw closed(id)
    addTo(own.entry, events)
    const number = own.entry.events.length - 1
    this.waiting.add(own)
    await this.flush()
    // Another process may have taken it in the meantime.
    if (this.isTaken(own)) throw closed(id)
    return number
  }

  /**
   * Ends the log here too, unless it turns out that another process has taken it; if Redis can't be asked, ends it
   * anyway.
   */
  async end(own: Own, last: string[]): Promise<void> {
    if (own.last || own.entry.ended) return
    own.last = last
    own.upTo = own.entry.events.length
    this.waiting.add(own)
    await this.flush()
    if (!this.isTaken(own)) this.finish(own)
  }

  close(): void {
    clearInterval(this.renewing)
    if (this.again) clearTimeout(this.again)
    this.leave()
  }

  private isTaken = (own: Own): boolean => own.taken

  private finish(own: Own): void {
    if (own.entry.ended) return
    endEntry(own.entry, own.last ?? [])
    this.forgetLater(own)
  }

  private forgetLater(own: Own): void {
    setTimeout(() => {
      if (this.own.get(own.id) === own) this.own.delete(own.id)
      this.waiting.delete(own)
    }, this.lingerMs).unref()
  }

  private doubt(own: Own): void {
    if (own.taken) return
    own.sure = false
    this.waiting.add(own)
  }

  /**
   * Sends what is pending, including anything else from this turn of the event loop. Resolves after the attempt; never
   * rejects.
   */
  private flush(): Promise<void> {
    this.next ??= this.sending
      .then(() => nextTurn())
      .then(() => {
        this.next = null
        this.sending = this.send().catch((error: unknown) => logFault("writing answer logs", error))
        return this.sending
      })
    return this.next
  }

  private async send(): Promise<void> {
    // If Redis refuses something, the second try checks whether the log was taken, or sends it from where Redis needs
    // it.
    for (let tries = 0; tries < 2 && this.waiting.size > 0; tries++) {
      const all = [...this.waiting]
      if (!this.redis.isUp()) {
        // Sent when Redis is back.
        for (const own of all) own.sure = false
        return
      }
      this.waiting.clear()
      try {
        await Promise.all(all.filter(({ sure }) => !sure).map((own) => this.ask(own)))
        await this.sendAll(all.filter(({ taken }) => !taken))
      } catch {
        // The connection reports an outage once, for everyone.
        for (const own of all) this.doubt(own)
      }
    }
    if (this.waiting.size > 0) this.again ??= setTimeout(() => this.tryAgain(), AGAIN_MS).unref()
  }

  private tryAgain(): void {
    this.again = null
    void this.flush()
  }

  private async ask(own: Own): Promise<void> {
    const { keys, commands } = this.redis
    const where = Number(await logStateScript(commands, [keys.log(own.id), keys.fence(own.id)], []))
    if (where === -2) return this.lose(own)
    own.sent = Math.max(0, where)
    own.opened = where >= 0
    own.sure = true
  }

  private lose(own: Own): void {
    own.taken = true
    this.forgetLater(own)
    this.onTaken(own)
  }

  private async sendAll(all: Own[]): Promise<void> {
    const pipeline = this.redis.commands.pipeline()
    const sendings = all.map((own) => this.put(pipeline, own))
    const results = (await pipeline.exec()) ?? []
    for (const { own, upTo, ends, from, to } of sendings) {
      const answers = results.slice(from, to)
      const went = answers.length === to - from && answers.every(([error, value]) => !error && value !== null)
      if (!went) {
        this.doubt(own)
        continue
      }
      own.opened = true
      own.sent = upTo
      if (ends) this.finish(own)
    }
  }

  private put(pipeline: ChainableCommander, own: Own): Sending {
    const key = this.redis.keys.log(own.id)
    const from = pipeline.length
    if (!own.opened) pipeline.xadd(key, OPENED, "e", "").pexpire(key, LIFE_MS)
    const upTo = own.upTo ?? own.entry.events.length
    for (let at = own.sent; at < upTo; ) {
      const first = at
      const events: string[] = []
      for (let size = 0; at < upTo && size < MAX_OF_ENTRY; at++) {
        const json = own.entry.events[at]?.json ?? ""
        size += json.length
        events.push(json)
      }
      pipeline.xadd(key, "NOMKSTREAM", idOf(first), ...fieldsOf(events))
    }
    const ends = own.last !== null
    if (own.last) pipeline.xadd(key, "NOMKSTREAM", ENDED, ...lastFieldsOf(own.last, upTo)).pexpire(key, this.lingerMs)
    return { own, upTo, ends, from, to: pipeline.length }
  }

  private renew(): void {
    if (!this.redis.isUp()) return
    const pipeline = this.redis.commands.pipeline()
    for (const { id, entry, taken } of this.own.values())
      if (!entry.ended && !taken) pipeline.pexpire(this.redis.keys.log(id), LIFE_MS)
    // If this fails, it is retried in a minute.
    if (pipeline.length > 0) pipeline.exec().catch(() => {})
  }
}
