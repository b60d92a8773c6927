/**
 * Concurrency of requests: grows while the model server keeps up, is halved when the server is at capacity (additive
 * increase, multiplicative decrease), and pauses until the time that the server names (`retry-after`).
 */

export interface PaceOptions {
  first: number
  most: number
}

/** Milliseconds of the first wait after a refusal without `retry-after`; doubled each time. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000
/** Maximum `retry-after`; a server that asks for more is retried earlier. */
const LONGEST_ASKED_MS = 120_000

export class Pace {
  private allowed: number
  private until = 0
  private refusals = 0
  private lowered = 0

  constructor(private readonly options: PaceOptions) {
    this.allowed = options.first
  }

  /** Maximum concurrent requests, at least 1. */
  get limit(): number {
    return Math.max(1, Math.floor(this.allowed))
  }

  /** Milliseconds until the next request may start; 0: now. */
  waitMs(now: number): number {
    return Math.max(0, this.until - now)
  }

  /** A request succeeded: each full round of `limit` successes raises the limit by one. */
  succeeded(): void {
    this.refusals = 0
    this.allowed = Math.min(this.options.most, this.allowed + 1 / this.limit)
  }

  /**
   * The server was at capacity for a request sent at `askedAt`. Requests sent before the limit was last lowered don't
   * lower it again. `retryAfterMs`: the server's `retry-after`.
   */
  refused(askedAt: number, now: number, retryAfterMs: number | null): void {
    const isNew = askedAt >= this.lowered
    if (isNew) {
      this.allowed = Math.max(1, this.allowed / 2)
      this.lowered = now
      this.refusals++
    }
    const own = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, this.refusals - 1))
    const wait = retryAfterMs === null ? own : Math.min(retryAfterMs, LONGEST_ASKED_MS)
    this.until = Math.max(this.until, now + wait)
  }
}

/** A `retry-after` header (seconds or a date) in milliseconds; null if it is missing or invalid. */
export function retryAfterMs(header: string | undefined, now = Date.now()): number | null {
  if (!header) return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(header) - now
  return Number.isFinite(ms) && ms >= 0 ? ms : null
}
